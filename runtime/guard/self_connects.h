/*===- self_connects.h - sockets connected to themselves ---------*- C -*-===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/**
 * \file
 * Finds them, logs them, and in the mode "refuse" releases them and has the
 * program told ECONNREFUSED. None of it changes errno unless it says so.
 */

#ifndef SELFCONNECT_GUARD_SELF_CONNECTS_H
#define SELFCONNECT_GUARD_SELF_CONNECTS_H

#include <sys/socket.h>

/** Reads the environment, while no signal handler can want it. */
void startGuard(void);

/** Looks at a socket whose attempt was under way; costs nothing for others.
    `call` is the function that the program called. */
void settle(int fd, const char *call);
void settleAll(const char *call);

/** After a call that began an attempt. `done` says that the call succeeded.
    \returns whether it has to fail instead. */
int begun(int fd, const struct sockaddr *address, int done, const char *call);

/** Whether the program is now to be told that its attempt was refused, which is
    asked once: first after settle(), or without. */
int isRefused(int fd, const char *call);
int takeRefusal(int fd);

/** Sets errno. \returns -1 */
int failRefused(int fd);

#endif /* SELFCONNECT_GUARD_SELF_CONNECTS_H */
