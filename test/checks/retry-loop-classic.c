// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The small client of the classic description: one socket, the port from the
// command line, the address on the heap.
//
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O0
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2
// RUN: %check_clang_tidy -std=c11,c++17 %s selfconnect-retry-loop %t -- -- %mock -O2 -DNDEBUG

#include <arpa/inet.h>
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char *argv[]) {
  int fd = 0, one = 1, rc, port;
  long tries = 0;
  const char *ip = "127.0.0.1";
  struct sockaddr_in *remote;

  if (argc != 2) {
    printf("Usage: %s PORT\n", argv[0]);
    exit(1);
  }
  port = atoi(argv[1]);
  remote = (struct sockaddr_in *)malloc(sizeof(*remote));
  remote->sin_family = AF_INET;
  inet_pton(AF_INET, ip, (void *)(&(remote->sin_addr.s_addr)));
  remote->sin_port = htons(port);

  fd = socket(AF_INET, SOCK_STREAM, IPPROTO_TCP);
  assert(fd > 0);
  assert(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one)) >= 0);

  while (1) {
    tries++;
    rc = connect(fd, (struct sockaddr *)remote, sizeof(struct sockaddr));
    // CHECK-NOTES: :[[@LINE-1]]:{{[0-9]+}}: warning: retried connect() can connect to itself when no server is listening [selfconnect-retry-loop]
    // CHECK-NOTES: :[[@LINE-2]]:{{[0-9]+}}: note: the same socket is connected again
    // CHECK-NOTES: :[[@LINE-5]]:{{[0-9]+}}: note: the loop is here
    // CHECK-NOTES: note: reject a socket whose local and remote endpoints are equal, or use a port outside the range
    // CHECK-NOTES: note: reproduce with: selfconnect reproduce 127.0.0.1:PORT --socket=same
    if (rc < 0) {
      if (tries % 1000 == 0) {
        printf(".");
        fflush(stdout);
      }
      continue;
    } else {
      printf("Connected after %ld tries\n", tries);
      break;
    }
  }
  getchar();
  close(fd);
  return 0;
}
