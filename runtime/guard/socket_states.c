/*===- socket_states.c - what is known about a file descriptor -------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "socket_states.h"

#include <stdatomic.h>

/* Pages of it that are never touched take no memory. Descriptors beyond it,
   which need a limit raised past the kernel's default, are guarded for blocking
   connects only. */
enum { StateCount = 1 << 20 };
static _Atomic unsigned char states[StateCount];

static atomic_int connecting;        /* how many are StateConnecting */
static atomic_int highestConnecting; /* no higher descriptor ever was */

static int isTracked(int fd) { return fd >= 0 && fd < StateCount; }

void addState(int fd, enum SocketState state) {
  if (!isTracked(fd))
    return;
  if (state == StateConnecting) {
    int highest = atomic_load(&highestConnecting);
    while (highest < fd &&
           !atomic_compare_exchange_weak(&highestConnecting, &highest, fd)) {
    }
  }
  unsigned char before = atomic_fetch_or(&states[fd], (unsigned char)state);
  if (state == StateConnecting && !(before & StateConnecting))
    atomic_fetch_add(&connecting, 1);
}

int takeState(int fd, enum SocketState state) {
  if (!hasState(fd, state))
    return 0;
  unsigned char before = atomic_fetch_and(&states[fd], (unsigned char)~state);
  int wasSet = (before & state) != 0;
  if (wasSet && state == StateConnecting)
    atomic_fetch_sub(&connecting, 1);
  return wasSet;
}

int hasState(int fd, enum SocketState state) {
  return isTracked(fd) &&
         (atomic_load_explicit(&states[fd], memory_order_relaxed) & state) != 0;
}

void forgetSocket(int fd) {
  takeState(fd, StateBound);
  takeState(fd, StateConnecting);
  takeState(fd, StateRefused);
}

void forEachConnecting(void (*visit)(int fd, const char *call),
                       const char *call) {
  if (atomic_load_explicit(&connecting, memory_order_relaxed) == 0)
    return;
  for (int fd = atomic_load(&highestConnecting); fd >= 0; --fd)
    if (hasState(fd, StateConnecting))
      visit(fd, call);
}
