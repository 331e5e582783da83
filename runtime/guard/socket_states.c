/*===- socket_states.c - what is known about a file descriptor -------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "socket_states.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

/* The bits of a descriptor, and above them the number of its socket, as far as
   it fits: the kernel counts sockets. Pages of it that are never touched take
   no memory. Descriptors beyond it, which need a limit raised past the kernel's
   default, are guarded for blocking connects only. */
enum { StateCount = 1 << 20, AllStates = 15, StateBits = 4 };
static _Atomic uint32_t states[StateCount];

/* The doubt (see below) at which the socket was made; 0 where it is not ours. */
static _Atomic uint32_t madeAt[StateCount];
static _Atomic uint32_t doubt = 1; /* counted up by each doubtUnbound() */

static atomic_int connecting; /* how many are StateConnecting */
static atomic_int highest;    /* no higher descriptor ever had a bit */
static _Atomic pid_t owner;

static int isTracked(int fd) { return fd >= 0 && fd < StateCount; }

/* --- entries -------------------------------------------------------------- */

/* 0 where there is none. */
static uint32_t entryOf(int fd) {
  return isTracked(fd) ? atomic_load_explicit(&states[fd], memory_order_relaxed)
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

static void raiseHighest(int fd) {
  int known = atomic_load(&highest);
  while (known < fd && !atomic_compare_exchange_weak(&highest, &known, fd)) {
  }
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

/* --- processes ------------------------------------------------------------ */

/* Such a child has descriptors of its own, but these entries are its parent's,
   which are not to follow what the child does before it runs a program. */
static int isVforkChild(void) {
  pid_t known = atomic_load(&owner);
  return known != 0 && known != getpid();
}

static void becomeOwner(void) { atomic_store(&owner, getpid()); }

__attribute__((constructor)) static void start(void) {
  becomeOwner();
  pthread_atfork(doubtUnbound, NULL, becomeOwner);
}

static void forgetEntry(int fd, uint32_t entry) {
  if (entry != 0 && !isVforkChild())
    (void)replaceEntry(fd, entry, 0);
}

/* --- states --------------------------------------------------------------- */

void addState(int fd, enum SocketState state) {
  uint32_t socket;
  uint32_t before;
  uint32_t after;
  if (!isTracked(fd) || !findSocket(fd, &socket))
    return;
  raiseHighest(fd);
  do {
    before = entryOf(fd);
    after = before >> StateBits == socket >> StateBits ? before : socket;
  } while (!replaceEntry(fd, before, after | (uint32_t)state));
}

int hasState(int fd, enum SocketState state) {
  uint32_t socket;
  uint32_t entry = entryOf(fd);
  if ((entry & (uint32_t)state) == 0)
    return 0;
  if (findSocket(fd, &socket) && socket == (entry & ~(uint32_t)AllStates))
    return 1;
  forgetEntry(fd, entry); /* of an earlier socket */
  return 0;
}

/* \returns whether the descriptor was one of this socket, in that state. */
static int turnEntry(int fd, uint32_t socket, uint32_t state, uint32_t next) {
  uint32_t before;
  do {
    before = entryOf(fd);
    if (before >> StateBits != socket || (before & state) == 0)
      return 0;
  } while (!replaceEntry(fd, before, (before & ~state) | next));
  return 1;
}

int turnState(int fd, enum SocketState state, enum SocketState next) {
  if (!hasState(fd, state))
    return 0;
  uint32_t socket = entryOf(fd) >> StateBits;
  int wasSet = turnEntry(fd, socket, state, next);
  for (int other = atomic_load(&highest); wasSet && other >= 0; --other)
    (void)turnEntry(other, socket, state, next);
  return wasSet;
}

int takeState(int fd, enum SocketState state) {
  return turnState(fd, state, StateNone);
}

void forgetSocket(int fd) {
  forgetEntry(fd, entryOf(fd));
  if (isTracked(fd))
    atomic_store_explicit(&madeAt[fd], 0, memory_order_relaxed);
}

void copyStates(int from, int to) {
  uint32_t before;
  uint32_t after;
  if (!isTracked(to))
    return;
  atomic_store_explicit(&madeAt[to], 0, memory_order_relaxed);
  do {
    before = entryOf(to);
    after = entryOf(from);
    if (before == after || isVforkChild())
      return;
    raiseHighest(to);
  } while (!replaceEntry(to, before, after));
}

void forEachConnecting(void (*visit)(int fd, const char *call),
                       const char *call) {
  if (atomic_load_explicit(&connecting, memory_order_relaxed) == 0)
    return;
  for (int fd = atomic_load(&highest); fd >= 0; --fd)
    if (hasState(fd, StateConnecting))
      visit(fd, call);
}

/* --- sockets without a port ----------------------------------------------- */

/* A child of vfork() that runs a program raises the doubt, and so is not asked
   for here, which would cost each socket a system call. */
void markUnbound(int fd) {
  if (isTracked(fd))
    atomic_store_explicit(&madeAt[fd], atomic_load(&doubt),
                          memory_order_relaxed);
}

int isKnownUnbound(int fd) {
  return isTracked(fd) &&
         atomic_load_explicit(&madeAt[fd], memory_order_relaxed) ==
             atomic_load(&doubt);
}

void doubtUnbound(void) { atomic_fetch_add(&doubt, 1); }
