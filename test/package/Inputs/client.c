// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// The client of the README.

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int dial(void) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(33334)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
      return fd;
    close(fd);
    sleep(1);
  }
}
