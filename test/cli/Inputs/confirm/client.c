/* Two clients that retry and one that is told its port. What a clang-tidy with
   the module says about them is in findings.yaml.in and findings.txt. */
#include <arpa/inet.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static int tryOnce(int fd, int port) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return connect(fd, (struct sockaddr *)&to, sizeof to);
}

int preferredHalf(void) {
  int fd;
  while (fd = socket(AF_INET, SOCK_STREAM, 0), tryOnce(fd, 33334) != 0)
    close(fd);
  return fd;
}

int otherHalf(void) {
  int fd;
  while (fd = socket(AF_INET, SOCK_STREAM, 0), tryOnce(fd, 33333) != 0)
    close(fd);
  return fd;
}

int toldItsPort(const char *port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  while (tryOnce(fd, atoi(port)) != 0)
    sleep(1);
  return fd;
}
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
