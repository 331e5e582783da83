/*===- self_connects.c - sockets connected to themselves ------------------===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#include "self_connects.h"

#include "event_log.h"
#include "next.h"
#include "socket_states.h"

#include "selfconnect/guard.h"

#include <errno.h>
#include <netinet/tcp.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

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

/* selfconnect_release(), past our own connect(), which forgets what is known
   about the socket. */
DECLARE_NEXT(connect);
static void dissolve(int fd) {
  struct sockaddr none = {.sa_family = AF_UNSPEC};
  __CONST_SOCKADDR_ARG address = {.__sockaddr__ = &none};
  int saved = errno;
  if (NEXT(connect)(fd, address, sizeof(none)) != 0)
    selfconnect_reset_on_close(fd);
  errno = saved;
}

/* Logs and releases a socket that is connected to itself.
   \returns whether it was released. */
static int release(int fd, const char *call,
                   const struct sockaddr_storage *local) {
  struct GuardEvent event = {.fd = fd, .call = call, .local = *local};
  int isOnPurpose = hasState(fd, StateBound);
  int isRelease = currentMode() == ModeRefuse && !isOnPurpose;
  if (isRelease) {
    dissolve(fd);
    addState(fd, StateStale);
  }
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

void settle(int fd, const char *call) {
  if (!hasState(fd, StateConnecting))
    return;
  struct sockaddr_storage local;
  enum Peer peer = peerOf(fd, &local);
  if (peer == PeerNone && isUnderWay(fd))
    return;
  int isReleased = peer == PeerSelf && release(fd, call, &local);
  turnState(fd, StateConnecting, isReleased ? StateRefused : StateNone);
}

void settleAll(const char *call) { forEachConnecting(settle, call); }

/* The release is on record as a reset; reading the record clears it. */
int failRefused(int fd) {
  int error;
  socklen_t length = sizeof(error);
  getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
  errno = ECONNREFUSED;
  return -1;
}

int takeRefusal(int fd) {
  struct sockaddr_storage local;
  /* Who shares the socket with us may have connected it again. */
  return takeState(fd, StateRefused) && peerOf(fd, &local) != PeerOther;
}

int isRefused(int fd, const char *call) {
  settle(fd, call);
  return takeRefusal(fd);
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

/* Asked of the kernel, as the bind() may have been made through another
   descriptor, in another process, or before exec(); but not of a socket for
   which that is ruled out, as it is for most. */
in_port_t boundPort(int fd) {
  if (isKnownUnbound(fd))
    return 0;
  struct sockaddr_in6
      local; /* the port is at the same place in both families */
  struct tcp_info info;
  socklen_t length = sizeof(local);
  socklen_t infoLength = sizeof(info);
  int saved = errno;
  in_port_t port = 0;
  local.sin6_port = 0;
  if (getsockname(fd, (struct sockaddr *)&local, &length) == 0 &&
      (local.sin6_family == AF_INET || local.sin6_family == AF_INET6) &&
      local.sin6_port != 0 && !hasState(fd, StateStale) &&
      getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &infoLength) == 0 &&
      info.tcpi_state == TCP_CLOSE)
    port = local.sin6_port;
  errno = saved;
  return port;
}

int begun(int fd, const struct sockaddr *address, int done, in_port_t before,
          const char *call) {
  struct sockaddr_storage local;
  if (!hasPortOf(fd, address))
    return 0;
  if (before == ((const struct sockaddr_in *)address)->sin_port)
    addState(fd, StateBound);
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

void startGuard(void) {
  LOOK_UP(connect);
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
