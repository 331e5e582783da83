/*===- descriptor_hooks.c - what makes and ends descriptors ---------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "next.h"
#include "self_connects.h"
#include "socket_states.h"

#include <sys/socket.h>
#include <unistd.h>

DECLARE_NEXT(socket);
HOOK int socket(int domain, int type, int protocol) {
  int fd = NEXT(socket)(domain, type, protocol);
  if (fd >= 0)
    forgetSocket(fd); /* of an earlier one with this number */
  return fd;
}

DECLARE_NEXT(close);
HOOK int close(int fd) {
  settle(fd, "close");
  forgetSocket(fd);
  return NEXT(close)(fd);
}

__attribute__((constructor)) static void start(void) {
  LOOK_UP(socket), LOOK_UP(close);
}
