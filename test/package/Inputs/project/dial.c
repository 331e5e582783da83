// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dial.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int dial(const char *host, int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  inet_pton(AF_INET, host, &addr.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
    return fd;
  close(fd);
  return -1;
}
