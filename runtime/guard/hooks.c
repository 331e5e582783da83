/*===- hooks.c - the socket calls of a guarded program ---------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/**
 * \file
 * Loaded by LD_PRELOAD, these functions stand before those of the C library. A
 * socket that turns out to be connected to itself is logged and, in the mode
 * "refuse", released at once and reported as ECONNREFUSED:
 *
 * - a blocking connect() is looked at when it returns;
 * - a non-blocking one right after it began (over the loopback interface it is
 *   mostly done by then), else in the first of these calls:
 * getsockopt(SO_ERROR), reading, writing, waiting, connect() again, close() and
 * its kin.
 *
 * Once released, the kernel itself reports the socket as ready with an error,
 * so that poll() and its kin need no help; the error is then given as
 * ECONNREFUSED.
 *
 * A socket whose port the program bound by itself is reported but left alone.
 */

#include "next.h"
#include "self_connects.h"
#include "socket_states.h"

#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

static int isInternet(const struct sockaddr *address, socklen_t length) {
  return address && length >= sizeof(struct sockaddr_in) &&
         (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

DECLARE_NEXT(bind);
HOOK int bind(int fd, __CONST_SOCKADDR_ARG address, socklen_t length) {
  doubtUnbound(); /* it may have more descriptors than this */
  int result = NEXT(bind)(fd, address, length);
  if (result == 0 && isInternet(address.__sockaddr__, length)) {
    /* The port is at the same place in both families. */
    if (address.__sockaddr_in__->sin_port != 0) {
      takeState(fd, StateStale);
      addState(fd, StateBound);
    } else {
      takeState(fd, StateBound);
      addState(fd, StateStale);
    }
  }
  return result;
}

DECLARE_NEXT(getsockopt);
HOOK int getsockopt(int fd, int level, int name, void *value,
                    socklen_t *length) {
  int isError = level == SOL_SOCKET && name == SO_ERROR;
  if (isError)
    settle(fd, "getsockopt");
  int result = NEXT(getsockopt)(fd, level, name, value, length);
  if (isError && result == 0 && *length >= sizeof(int) && takeRefusal(fd))
    *(int *)value = ECONNREFUSED;
  return result;
}

/* Whether a call has begun an attempt. The kernel has read the address then,
   and so can we: any other may be a pointer to nowhere. */
static int hasBegun(ssize_t result) {
  return result >= 0 || errno == EINPROGRESS || errno == EINTR;
}

/* Asks the kernel, which reads a set of signals before it finds that there is
   no such way to change the mask; see rt_sigprocmask(2). */
static int isReadable(const void *address) {
  int saved = errno;
  int error =
      syscall(SYS_rt_sigprocmask, ~0, address, NULL, NSIG / 8) ? errno : 0;
  errno = saved;
  return error == EINVAL;
}

/* By which connect() dissolves a connection. */
static int isUnspecified(const struct sockaddr *address, socklen_t length) {
  return address && length >= sizeof(sa_family_t) &&
         address->sa_family == AF_UNSPEC;
}

DECLARE_NEXT(connect);
HOOK int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t length) {
  const struct sockaddr *peer = address.__sockaddr__;
  /* Dissolving it is no way to ask what became of the attempt. */
  if ((hasState(fd, StateConnecting) || hasState(fd, StateRefused)) &&
      !(isReadable(peer) && isUnspecified(peer, length)) &&
      isRefused(fd, "connect"))
    return failRefused(fd);
  in_port_t before = boundPort(fd);
  int result = NEXT(connect)(fd, address, length);
  if (!hasBegun(result))
    return result;
  if (isUnspecified(peer, length)) {
    takeState(fd, StateConnecting);
    takeState(fd, StateRefused);
  } else if (isInternet(peer, length) &&
             begun(fd, peer, result == 0, before, "connect")) {
    return failRefused(fd);
  }
  return result;
}

/* The calls that transfer data differ in their arguments alone. */
#define HOOK_TRANSFER(type, name, parameters, arguments)                       \
  DECLARE_NEXT(name);                                                          \
  HOOK type name parameters {                                                  \
    if (isRefused(fd, #name))                                                  \
      return failRefused(fd);                                                  \
    return NEXT(name) arguments;                                               \
  }

HOOK_TRANSFER(ssize_t, read, (int fd, void *buffer, size_t size),
              (fd, buffer, size))
HOOK_TRANSFER(ssize_t, write, (int fd, const void *buffer, size_t size),
              (fd, buffer, size))
HOOK_TRANSFER(ssize_t, readv, (int fd, const struct iovec *parts, int count),
              (fd, parts, count))
HOOK_TRANSFER(ssize_t, writev, (int fd, const struct iovec *parts, int count),
              (fd, parts, count))
HOOK_TRANSFER(ssize_t, recv, (int fd, void *buffer, size_t size, int flags),
              (fd, buffer, size, flags))
HOOK_TRANSFER(ssize_t, send,
              (int fd, const void *buffer, size_t size, int flags),
              (fd, buffer, size, flags))
HOOK_TRANSFER(ssize_t, recvfrom,
              (int fd, void *buffer, size_t size, int flags,
               __SOCKADDR_ARG address, socklen_t *length),
              (fd, buffer, size, flags, address, length))

/* Descriptors come and go as control data. */
DECLARE_NEXT(recvmsg);
HOOK ssize_t recvmsg(int fd, struct msghdr *message, int flags) {
  if (isRefused(fd, "recvmsg"))
    return failRefused(fd);
  ssize_t result = NEXT(recvmsg)(fd, message, flags);
  if (result >= 0 && message->msg_controllen > 0)
    doubtUnbound();
  return result;
}

/* These two may connect as well: TCP Fast Open. */
DECLARE_NEXT(sendto);
HOOK ssize_t sendto(int fd, const void *buffer, size_t size, int flags,
                    __CONST_SOCKADDR_ARG address, socklen_t length) {
  if (isRefused(fd, "sendto"))
    return failRefused(fd);
  in_port_t before = flags & MSG_FASTOPEN ? boundPort(fd) : 0;
  ssize_t result = NEXT(sendto)(fd, buffer, size, flags, address, length);
  if ((flags & MSG_FASTOPEN) && hasBegun(result) &&
      isInternet(address.__sockaddr__, length) &&
      begun(fd, address.__sockaddr__, result >= 0, before, "sendto"))
    return failRefused(fd);
  return result;
}

DECLARE_NEXT(sendmsg);
HOOK ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (isRefused(fd, "sendmsg"))
    return failRefused(fd);
  in_port_t before = flags & MSG_FASTOPEN ? boundPort(fd) : 0;
  ssize_t result = NEXT(sendmsg)(fd, message, flags);
  if (result >= 0 && message->msg_controllen > 0)
    doubtUnbound();
  if ((flags & MSG_FASTOPEN) && hasBegun(result) &&
      isInternet(message->msg_name, message->msg_namelen) &&
      begun(fd, message->msg_name, result >= 0, before, "sendmsg"))
    return failRefused(fd);
  return result;
}

/* What these report may be a socket that has just met itself. */
#define HOOK_WAIT(name, parameters, arguments)                                 \
  DECLARE_NEXT(name);                                                          \
  HOOK int name parameters {                                                   \
    settleAll(#name);                                                          \
    int result = NEXT(name) arguments;                                         \
    if (result > 0)                                                            \
      settleAll(#name);                                                        \
    return result;                                                             \
  }

HOOK_WAIT(poll, (struct pollfd * fds, nfds_t count, int timeout),
          (fds, count, timeout))
HOOK_WAIT(ppoll,
          (struct pollfd * fds, nfds_t count, const struct timespec *timeout,
           const sigset_t *mask),
          (fds, count, timeout, mask))
HOOK_WAIT(select,
          (int count, fd_set *in, fd_set *out, fd_set *except,
           struct timeval *timeout),
          (count, in, out, except, timeout))
HOOK_WAIT(pselect,
          (int count, fd_set *in, fd_set *out, fd_set *except,
           const struct timespec *timeout, const sigset_t *mask),
          (count, in, out, except, timeout, mask))
HOOK_WAIT(epoll_wait,
          (int fd, struct epoll_event *events, int count, int timeout),
          (fd, events, count, timeout))
HOOK_WAIT(epoll_pwait,
          (int fd, struct epoll_event *events, int count, int timeout,
           const sigset_t *mask),
          (fd, events, count, timeout, mask))

/* What _FORTIFY_SOURCE makes of some of the calls above. The C library's own
   check of the buffer's size stays in place. */
ssize_t __read_chk(int fd, void *buffer, size_t size, size_t room);
ssize_t __recv_chk(int fd, void *buffer, size_t size, size_t room, int flags);
ssize_t __recvfrom_chk(int fd, void *buffer, size_t size, size_t room,
                       int flags, __SOCKADDR_ARG address, socklen_t *length);
int __poll_chk(struct pollfd *fds, nfds_t count, int timeout, size_t room);

HOOK_TRANSFER(ssize_t, __read_chk,
              (int fd, void *buffer, size_t size, size_t room),
              (fd, buffer, size, room))
HOOK_TRANSFER(ssize_t, __recv_chk,
              (int fd, void *buffer, size_t size, size_t room, int flags),
              (fd, buffer, size, room, flags))
HOOK_TRANSFER(ssize_t, __recvfrom_chk,
              (int fd, void *buffer, size_t size, size_t room, int flags,
               __SOCKADDR_ARG address, socklen_t *length),
              (fd, buffer, size, room, flags, address, length))
HOOK_WAIT(__poll_chk,
          (struct pollfd * fds, nfds_t count, int timeout, size_t room),
          (fds, count, timeout, room))

__attribute__((constructor)) static void start(void) {
  LOOK_UP(bind), LOOK_UP(connect), LOOK_UP(getsockopt);
  LOOK_UP(read), LOOK_UP(readv), LOOK_UP(write), LOOK_UP(writev);
  LOOK_UP(recv), LOOK_UP(recvfrom), LOOK_UP(recvmsg);
  LOOK_UP(send), LOOK_UP(sendto), LOOK_UP(sendmsg);
  LOOK_UP(poll), LOOK_UP(ppoll), LOOK_UP(select), LOOK_UP(pselect);
  LOOK_UP(epoll_wait), LOOK_UP(epoll_pwait);
  LOOK_UP(__read_chk), LOOK_UP(__recv_chk), LOOK_UP(__recvfrom_chk);
  LOOK_UP(__poll_chk);
  startGuard();
}
