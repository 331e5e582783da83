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

#include <fcntl.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

/* --- one ------------------------------------------------------------------ */

DECLARE_NEXT(socket);
HOOK int socket(int domain, int type, int protocol) {
  int fd = NEXT(socket)(domain, type, protocol);
  if (fd >= 0) {
    forgetSocket(fd); /* of an earlier one with this number */
    markUnbound(fd);
  }
  return fd;
}

DECLARE_NEXT(close);
HOOK int close(int fd) {
  settle(fd, "close");
  forgetSocket(fd);
  return NEXT(close)(fd);
}

/* --- copies --------------------------------------------------------------- */

DECLARE_NEXT(dup);
HOOK int dup(int fd) {
  int copy = NEXT(dup)(fd);
  if (copy >= 0)
    copyStates(fd, copy);
  return copy;
}

/* These close `copy` first. */
#define HOOK_DUP_TO(name, parameters, arguments)                               \
  DECLARE_NEXT(name);                                                          \
  HOOK int name parameters {                                                   \
    if (fd != copy)                                                            \
      settle(copy, #name);                                                     \
    int result = NEXT(name) arguments;                                         \
    if (result >= 0)                                                           \
      copyStates(fd, copy);                                                    \
    return result;                                                             \
  }

HOOK_DUP_TO(dup2, (int fd, int copy), (fd, copy))
HOOK_DUP_TO(dup3, (int fd, int copy, int flags), (fd, copy, flags))

/* The third argument has many types, or is missing; passed on as the widest, it
   is what it was. fcntl64() is what fcntl() is called where files are large. */
#define HOOK_FCNTL(name)                                                       \
  DECLARE_NEXT(name);                                                          \
  HOOK int name(int fd, int command, ...) {                                    \
    va_list arguments;                                                         \
    va_start(arguments, command);                                              \
    void *argument = va_arg(arguments, void *);                                \
    va_end(arguments);                                                         \
    int result = NEXT(name)(fd, command, argument);                            \
    if (result >= 0 && (command == F_DUPFD || command == F_DUPFD_CLOEXEC))     \
      copyStates(fd, result);                                                  \
    return result;                                                             \
  }

HOOK_FCNTL(fcntl)
HOOK_FCNTL(fcntl64)

/* --- many at once --------------------------------------------------------- */

/* What is known about them is out of date then, and found to be so. */

DECLARE_NEXT(close_range);
HOOK int close_range(unsigned first, unsigned last, int flags) {
  settleAll("close_range");
  doubtUnbound();
  return NEXT(close_range)(first, last, flags);
}

DECLARE_NEXT(closefrom);
HOOK void closefrom(int first) {
  settleAll("closefrom");
  doubtUnbound();
  NEXT(closefrom)(first);
}

__attribute__((constructor)) static void start(void) {
  LOOK_UP(socket), LOOK_UP(close), LOOK_UP(close_range), LOOK_UP(closefrom);
  LOOK_UP(dup), LOOK_UP(dup2), LOOK_UP(dup3), LOOK_UP(fcntl), LOOK_UP(fcntl64);
}
