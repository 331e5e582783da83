/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include "selfconnect/guard.h"

int connectOnce(int fd, const struct sockaddr *address, socklen_t length);

int connectOnce(int fd, const struct sockaddr *address, socklen_t length) {
  if (selfconnect_connect(fd, address, length) != 0)
    return -1;
  return selfconnect_is_self_connected(fd) ? selfconnect_close(fd) : fd;
}
