/*===- socket_states.h - what is known about a file descriptor -*- C -*- ===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/**
 * \file
 * A few bits per file descriptor, in one array: no memory is allocated and no
 * lock taken, so it is safe in signal handlers, and a fork() copies it. With
 * them stands the number of the socket that they are about, as descriptors are
 * closed and used again behind our back, by the C library itself for one: bits
 * of an earlier socket are not set. A descriptor without bits costs no system
 * call.
 */

#ifndef SELFCONNECT_GUARD_SOCKET_STATES_H
#define SELFCONNECT_GUARD_SOCKET_STATES_H

enum SocketState {
  StateNone = 0,
  /** The program chose the local port itself: connecting to it is on purpose.
   */
  StateBound = 1,
  /** connect() has begun; whether it meets itself is not known yet. */
  StateConnecting = 2,
  /** It met itself and was released; the program has yet to be told. */
  StateRefused = 4,
  /** The port that it shows is one that the kernel chose: by bind() to port 0,
      or for an attempt that met itself and was released. */
  StateStale = 8
};

void addState(int fd, enum SocketState state);
int hasState(int fd, enum SocketState state);

/** Puts the socket into another state, for all of its descriptors.
    \returns whether it was in the first. */
int turnState(int fd, enum SocketState state, enum SocketState next);
/** The same with StateNone. */
int takeState(int fd, enum SocketState state);

/** The descriptor is closed, or another socket's. */
void forgetSocket(int fd);
/** `to` is now another descriptor of what `from` is. */
void copyStates(int from, int to);

/** Calls `visit` for each descriptor that is StateConnecting; costs nothing
    when there is none. */
void forEachConnecting(void (*visit)(int fd, const char *call),
                       const char *call);

/** The socket has just been made here, and has no port. */
void markUnbound(int fd);
/** Whether nobody can have bound the socket since it was made; costs no system
    call. Where it is not known, only the kernel can tell. */
int isKnownUnbound(int fd);
/** Some socket is being bound, or shared with a process that might bind it:
    none is known to be unbound any more. */
void doubtUnbound(void);

#endif /* SELFCONNECT_GUARD_SOCKET_STATES_H */
