/*===- event_log.h - one JSON line per event -------------*- C -*- ===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#ifndef SELFCONNECT_GUARD_EVENT_LOG_H
#define SELFCONNECT_GUARD_EVENT_LOG_H

#include <sys/socket.h>

/** A socket was found connected to itself. */
struct GuardEvent {
  int fd;
  const char *call;   /**< the call that it was found in: "connect", "poll" */
  const char *action; /**< "reported", "refused", "left-alone" */
  struct sockaddr_storage local;
};

/** Reads SELFCONNECT_GUARD_LOG and SELFCONNECT_GUARD_BACKTRACE, and sees what
    stderr is. */
void openEventLog(void);

/** Appends the event to the file of SELFCONNECT_GUARD_LOG ("%p" in its name is
    the process id), else to stderr if that is still what it was at the start.
    The file is opened for each event: programs that close all descriptors, or
    fork, do not disturb it. A line that cannot be written is dropped. */
void logEvent(const struct GuardEvent *event);

/** Names a program that runs without the guard, in the same place. */
void logUnguarded(const char *program, const char *why);

#endif /* SELFCONNECT_GUARD_EVENT_LOG_H */
