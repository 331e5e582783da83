/*===- socket_states.c - what is known about a file descriptor -------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "socket_states.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/stat.h>

/* The bits of a descriptor, and above them the number of its socket, as far as
   it fits: the kernel counts sockets. Pages of it that are never touched take
   no memory. Descriptors beyond it, which need a limit raised past the kernel's
   default, are guarded for blocking connects only. */
enum { StateCount = 1 << 20, AllStates = 7, StateBits = 3 };
static _Atomic uint32_t states[StateCount];

static atomic_int connecting;        /* how many are StateConnecting */
static atomic_int highestConnecting; /* no higher descriptor ever was */

/* The descriptor's entry, 0 where there is none. */
static uint32_t entryOf(int fd) {
  return fd >= 0 && fd < StateCount
             ? atomic_load_explicit(&states[fd], memory_order_relaxed)
             : 0;
}

/* \returns whether no other thread changed the entry in between. */
static int replaceEntry(int fd, uint32_t before, uint32_t after) {
  int wasConnecting = (before & StateConnecting) != 0;
  int isConnecting = (after & StateConnecting) != 0;
  if (!atomic_compare_exchange_strong(&states[fd], &before, after))
    return 0;
  if (isConnecting != wasConnecting)
    atomic_fetch_add(&connecting, isConnecting - wasConnecting);
  return 1;
}

/* An entry without bits for the socket that `fd` is now.
   \returns whether it is one. */
static int findSocket(int fd, uint32_t *entry) {
  struct stat status;
  int saved = errno;
  int isSocket = fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
  errno = saved;
  if (isSocket)
    *entry = (uint32_t)status.st_ino << StateBits;
  return isSocket;
}

void addState(int fd, enum SocketState state) {
  uint32_t socket;
  uint32_t before;
  uint32_t after;
  if (fd < 0 || fd >= StateCount || !findSocket(fd, &socket))
    return;
  int highest = atomic_load(&highestConnecting);
  while (state == StateConnecting && highest < fd &&
         !atomic_compare_exchange_weak(&highestConnecting, &highest, fd)) {
  }
  do {
    before = entryOf(fd);
    after = before >> StateBits == socket >> StateBits ? before : socket;
  } while (!replaceEntry(fd, before, after | (uint32_t)state));
}

int takeState(int fd, enum SocketState state) {
  uint32_t before;
  do {
    if (!hasState(fd, state))
      return 0;
    before = entryOf(fd);
  } while (!replaceEntry(fd, before, before & ~(uint32_t)state));
  return (before & (uint32_t)state) != 0;
}

int hasState(int fd, enum SocketState state) {
  uint32_t socket;
  uint32_t entry = entryOf(fd);
  if ((entry & (uint32_t)state) == 0)
    return 0;
  if (findSocket(fd, &socket) && socket == (entry & ~(uint32_t)AllStates))
    return 1;
  (void)replaceEntry(fd, entry, 0); /* of an earlier socket */
  return 0;
}

void forgetSocket(int fd) {
  uint32_t entry = entryOf(fd);
  if (entry != 0)
    (void)replaceEntry(fd, entry, 0);
}

void forEachConnecting(void (*visit)(int fd, const char *call),
                       const char *call) {
  if (atomic_load_explicit(&connecting, memory_order_relaxed) == 0)
    return;
  for (int fd = atomic_load(&highestConnecting); fd >= 0; --fd)
    if (hasState(fd, StateConnecting))
      visit(fd, call);
}
