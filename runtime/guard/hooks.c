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
 * getsockopt(SO_ERROR), reading, writing, waiting, connect() again, close().
 * Once released, the kernel itself reports the socket as ready with an error,
 * so that poll() and its kin need no help; the error is then given as
 * ECONNREFUSED.
 *
 * A socket whose port the program bound by itself is reported but left alone.
 */

#include "event_log.h"
#include "socket_states.h"

#include "selfconnect/guard.h"

#include <dlfcn.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define HOOK __attribute__((visibility("default")))

/* The next definition of the function, looked up once. Two threads may do so at
   the same time: they find the same. */
#define NEXT(name) ((__typeof__(&name))findNext(&nextOf_##name, #name))
#define DECLARE_NEXT(name) static _Atomic uintptr_t nextOf_##name

static uintptr_t findNext(_Atomic uintptr_t *known, const char *name) {
  uintptr_t next = atomic_load_explicit(known, memory_order_relaxed);
  if (next == 0) {
    next = (uintptr_t)dlsym(RTLD_NEXT, name);
    atomic_store_explicit(known, next, memory_order_relaxed);
  }
  return next;
}

/* --- what is done to a socket --------------------------------------------- */

enum Mode { ModeUnknown, ModeReport, ModeRefuse };
static _Atomic int mode;

/* A static constructor of the program may connect before ours has run. */
static int currentMode(void) {
  int known = atomic_load_explicit(&mode, memory_order_acquire);
  if (known != ModeUnknown)
    return known;
  const char *wanted = getenv("SELFCONNECT_GUARD");
  known = wanted && strcmp(wanted, "report") == 0 ? ModeReport : ModeRefuse;
  openEventLog();
  atomic_store_explicit(&mode, known, memory_order_release);
  return known;
}

enum Peer { PeerNone, PeerOther, PeerSelf };

static enum Peer peerOf(int fd, struct sockaddr_storage *local) {
  struct sockaddr_storage peer;
  socklen_t peerLength = sizeof(peer), localLength = sizeof(*local);
  int saved = errno;
  enum Peer found = PeerNone;
  peer.ss_family = local->ss_family = AF_UNSPEC;
  if (getpeername(fd, (struct sockaddr *)&peer, &peerLength) == 0)
    found =
        getsockname(fd, (struct sockaddr *)local, &localLength) == 0 &&
                selfconnect_same_endpoint(local, &peer) &&
                selfconnect_is_self_connected(fd) /* and no other protocol */
            ? PeerSelf
            : PeerOther;
  errno = saved;
  return found;
}

/* Logs and releases a socket that is connected to itself.
   \returns whether it was released. */
static int release(int fd, const char *call,
                   const struct sockaddr_storage *local) {
  struct GuardEvent event = {.fd = fd, .call = call, .local = *local};
  int isOnPurpose = hasState(fd, StateBound);
  int isRelease = currentMode() == ModeRefuse && !isOnPurpose;
  if (isRelease)
    selfconnect_release(fd);
  event.action = isRelease     ? "refused"
                 : isOnPurpose ? "left-alone"
                               : "reported";
  logEvent(&event);
  return isRelease;
}

/* Whether the attempt of a socket without a peer is still under way. With TCP
   Fast Open it is so until the first write. */
static int isUnderWay(int fd) {
  struct tcp_info info;
  socklen_t length = sizeof(info);
  int saved = errno;
  int underWay =
      getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 &&
      (info.tcpi_state == TCP_SYN_SENT || info.tcpi_state == TCP_SYN_RECV);
  errno = saved;
  return underWay;
}

/* Looks at a socket whose attempt was under way. */
static void settle(int fd, const char *call) {
  if (!hasState(fd, StateConnecting))
    return;
  struct sockaddr_storage local;
  enum Peer peer = peerOf(fd, &local);
  if (peer == PeerNone && isUnderWay(fd))
    return;
  if (peer == PeerSelf && release(fd, call, &local))
    addState(fd, StateRefused);
  takeState(fd, StateConnecting);
}

static void settleAll(const char *call) { forEachConnecting(settle, call); }

/* The release is on record as a reset; reading the record clears it. */
static int failRefused(int fd) {
  int error;
  socklen_t length = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  errno = ECONNREFUSED;
  return -1;
}

/* Whether the program is now to be told that its attempt was refused. */
static int isRefused(int fd, const char *call) {
  settle(fd, call);
  return takeState(fd, StateRefused);
}

/* Whether the socket has the port of `address`, or that cannot be told. The
   kernel chooses it when the attempt begins, so that one with another port
   cannot come to meet itself. This call is all that the guard costs most
   connects. The port is at the same place in both families. */
static int hasPortOf(int fd, const struct sockaddr *address) {
  struct sockaddr_in6 local;
  socklen_t length = sizeof(local);
  int saved = errno;
  int failed = getsockname(fd, (struct sockaddr *)&local, &length) != 0;
  errno = saved;
  return failed ||
         local.sin6_port == ((const struct sockaddr_in *)address)->sin_port;
}

/* After a call that began an attempt. `done` says that the call succeeded.
   \returns whether it has to fail instead. */
static int begun(int fd, const struct sockaddr *address, int done,
                 const char *call) {
  struct sockaddr_storage local;
  if (!hasPortOf(fd, address))
    return 0;
  switch (peerOf(fd, &local)) {
  case PeerOther:
    break;
  case PeerSelf:
    if (!release(fd, call, &local))
      break;
    if (done)
      return 1;
    addState(fd, StateRefused);
    break;
  case PeerNone:
    if (isUnderWay(fd))
      addState(fd, StateConnecting);
    break;
  }
  return 0;
}

/* --- the calls ------------------------------------------------------------ */

static int isInternet(const struct sockaddr *address, socklen_t length) {
  return address && length >= sizeof(struct sockaddr_in) &&
         (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

DECLARE_NEXT(socket);
HOOK int socket(int domain, int type, int protocol) {
  int fd = NEXT(socket)(domain, type, protocol);
  if (fd >= 0)
    forgetSocket(fd); /* of an earlier one with this number */
  return fd;
}

DECLARE_NEXT(bind);
HOOK int bind(int fd, __CONST_SOCKADDR_ARG address, socklen_t length) {
  int result = NEXT(bind)(fd, address, length);
  if (result == 0 && isInternet(address.__sockaddr__, length)) {
    /* The port is at the same place in both families. */
    if (address.__sockaddr_in__->sin_port != 0)
      addState(fd, StateBound);
    else
      takeState(fd, StateBound);
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
  if (isError && result == 0 && *length >= sizeof(int) &&
      takeState(fd, StateRefused))
    *(int *)value = ECONNREFUSED;
  return result;
}

DECLARE_NEXT(connect);
HOOK int connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t length) {
  if (!isInternet(address.__sockaddr__, length)) {
    if (address.__sockaddr__ && length >= sizeof(sa_family_t) &&
        address.__sockaddr__->sa_family == AF_UNSPEC) {
      takeState(fd, StateConnecting);
      takeState(fd, StateRefused);
    }
    return NEXT(connect)(fd, address, length);
  }
  if (isRefused(fd, "connect"))
    return failRefused(fd);
  int result = NEXT(connect)(fd, address, length);
  int started = result == 0 || errno == EINPROGRESS || errno == EINTR;
  if (started && begun(fd, address.__sockaddr__, result == 0, "connect"))
    return failRefused(fd);
  return result;
}

DECLARE_NEXT(close);
HOOK int close(int fd) {
  settle(fd, "close");
  forgetSocket(fd);
  return NEXT(close)(fd);
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
HOOK_TRANSFER(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags),
              (fd, message, flags))

/* These two may connect as well: TCP Fast Open. */
DECLARE_NEXT(sendto);
HOOK ssize_t sendto(int fd, const void *buffer, size_t size, int flags,
                    __CONST_SOCKADDR_ARG address, socklen_t length) {
  if (isRefused(fd, "sendto"))
    return failRefused(fd);
  ssize_t result = NEXT(sendto)(fd, buffer, size, flags, address, length);
  if ((flags & MSG_FASTOPEN) && isInternet(address.__sockaddr__, length) &&
      begun(fd, address.__sockaddr__, result >= 0, "sendto"))
    return failRefused(fd);
  return result;
}

DECLARE_NEXT(sendmsg);
HOOK ssize_t sendmsg(int fd, const struct msghdr *message, int flags) {
  if (isRefused(fd, "sendmsg"))
    return failRefused(fd);
  ssize_t result = NEXT(sendmsg)(fd, message, flags);
  if ((flags & MSG_FASTOPEN) && message &&
      isInternet(message->msg_name, message->msg_namelen) &&
      begun(fd, message->msg_name, result >= 0, "sendmsg"))
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

/* --- the start ------------------------------------------------------------ */

/* Looks everything up before the program runs, since a signal handler must not
   do so. */
__attribute__((constructor)) static void start(void) {
#define LOOK_UP(name) (void)NEXT(name)
  LOOK_UP(socket), LOOK_UP(bind), LOOK_UP(connect), LOOK_UP(close);
  LOOK_UP(getsockopt);
  LOOK_UP(read), LOOK_UP(readv), LOOK_UP(write), LOOK_UP(writev);
  LOOK_UP(recv), LOOK_UP(recvfrom), LOOK_UP(recvmsg);
  LOOK_UP(send), LOOK_UP(sendto), LOOK_UP(sendmsg);
  LOOK_UP(poll), LOOK_UP(ppoll), LOOK_UP(select), LOOK_UP(pselect);
  LOOK_UP(epoll_wait), LOOK_UP(epoll_pwait);
  LOOK_UP(__read_chk), LOOK_UP(__recv_chk), LOOK_UP(__recvfrom_chk);
  LOOK_UP(__poll_chk);
  const char *wanted = getenv("SELFCONNECT_GUARD");
  if (wanted && strcmp(wanted, "report") != 0 &&
      strcmp(wanted, "refuse") != 0) {
    static const char message[] = "selfconnect: error: SELFCONNECT_GUARD: give "
                                  "report or refuse; taken as refuse\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof(message) - 1);
    (void)written;
  }
  (void)currentMode();
}
