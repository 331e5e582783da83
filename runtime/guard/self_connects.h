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

#include <netinet/in.h>
#include <sys/socket.h>

/** Reads the environment, while no signal handler can want it. */
void startGuard(void);

/** Looks at a socket whose attempt was under way; costs nothing for others.
    `call` is the function that the program called. */
void settle(int fd, const char *call);
void settleAll(const char *call);

/** Before a call that begins an attempt: the port, in network byte order, that
   the program, or whoever it has the socket from, has bound. An unbound socket
   may still show that of an earlier attempt, which as a rule is no server's. 0:
   none, or one that the kernel chose. */
in_port_t boundPort(int fd);

/** After a call that began an attempt. `done` says that the call succeeded,
    `before` is what boundPort() said.
    \returns whether it has to fail instead. */
int begun(int fd, const struct sockaddr *address, int done, in_port_t before,
          const char *call);

/** Whether the program is now to be told that its attempt was refused, which is
    asked once: first after settle(), or without. */
int isRefused(int fd, const char *call);
int takeRefusal(int fd);

/** Sets errno. \returns -1 */
int failRefused(int fd);

#endif /* SELFCONNECT_GUARD_SELF_CONNECTS_H */
