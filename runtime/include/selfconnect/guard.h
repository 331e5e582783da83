/*===- guard.h - reject a TCP socket connected to itself ---------*- C -*-===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/
/**
 * \file
 * For clients that retry connect() to a port of their own host: with no server
 * listening, the kernel may draw that very port as the source port, and the
 * socket is then connected to itself (simultaneous open, RFC 9293 3.5). Header
 * only; C99, C++98 and later; POSIX sockets and nothing else.
 *
 *   int fd = socket(AF_INET, SOCK_STREAM, 0);
 *   if (selfconnect_connect(fd, addr, len) != 0) // ECONNREFUSED: try later
 *
 * A non-blocking client asks once its socket is connected:
 *
 *   if (selfconnect_is_self_connected(fd)) {
 *     selfconnect_close(fd); // frees the server's port at once
 *     // as after ECONNREFUSED
 *   }
 *
 * Why not plain close(): it leaves the port in TIME_WAIT, and a server cannot
 * bind it for about a minute, even with SO_REUSEADDR unless the client had set
 * that too. A reset leaves nothing behind: socket(7) on SO_LINGER, connect(2)
 * on AF_UNSPEC, and tcp_close() and tcp_disconnect() in Linux' net/ipv4/tcp.c.
 *
 * All functions are async-signal-safe and thread-safe. They do not change errno
 * unless they say so.
 */

#ifndef SELFCONNECT_GUARD_H
#define SELFCONNECT_GUARD_H

#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Whether two TCP endpoints are one: same family, address, port and, for
    IPv6, scope. */
static inline int selfconnect_same_endpoint(const struct sockaddr_storage *a,
                                            const struct sockaddr_storage *b) {
  struct sockaddr_in a4, b4;
  struct sockaddr_in6 a6, b6;
  if (a->ss_family != b->ss_family)
    return 0;
  if (a->ss_family == AF_INET) {
    memcpy(&a4, a, sizeof(a4));
    memcpy(&b4, b, sizeof(b4));
    return a4.sin_port == b4.sin_port &&
           a4.sin_addr.s_addr == b4.sin_addr.s_addr;
  }
  if (a->ss_family == AF_INET6) {
    memcpy(&a6, a, sizeof(a6));
    memcpy(&b6, b, sizeof(b6));
    return a6.sin6_port == b6.sin6_port &&
           a6.sin6_scope_id == b6.sin6_scope_id &&
           memcmp(&a6.sin6_addr, &b6.sin6_addr, sizeof(a6.sin6_addr)) == 0;
  }
  return 0;
}

/** 1 if `fd` is a TCP socket that is connected to itself, else 0: for any other
    socket, for one that is not connected yet, for what is no socket. */
static inline int selfconnect_is_self_connected(int fd) {
  union {
    struct sockaddr any;
    struct sockaddr_storage whole;
  } local, peer;
  socklen_t localLength = sizeof(local), peerLength = sizeof(peer);
  int type = 0, saved = errno, result = 0;
  socklen_t typeLength = sizeof(type);
  memset(&local, 0, sizeof(local));
  memset(&peer, 0, sizeof(peer));
  /* A UDP socket may talk to itself on purpose, and blocks no server. */
  if (getsockname(fd, &local.any, &localLength) == 0 &&
      getpeername(fd, &peer.any, &peerLength) == 0 &&
      selfconnect_same_endpoint(&local.whole, &peer.whole) &&
      getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &typeLength) == 0)
    result = type == SOCK_STREAM;
  errno = saved;
  return result;
}

/** Makes the close() of `fd` a reset. */
static inline void selfconnect_reset_on_close(int fd) {
  struct linger reset;
  int saved = errno;
  reset.l_onoff = 1;
  reset.l_linger = 0;
  (void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
  errno = saved;
}

/** Closes `fd` by a reset: no TIME_WAIT, a server can bind the port at once.
    \returns as close(), with its errno. */
static inline int selfconnect_close(int fd) {
  selfconnect_reset_on_close(fd);
  return close(fd);
}

/** Dissolves the connection of `fd` but leaves the descriptor open, as a failed
    connect() does: the port is free at once, and connect() may be called again.
    Where the system does not permit it, the next close() is a reset. */
static inline void selfconnect_release(int fd) {
  struct sockaddr none;
  int saved = errno;
  memset(&none, 0, sizeof(none));
  none.sa_family = AF_UNSPEC;
  if (connect(fd, &none, sizeof(none)) != 0)
    selfconnect_reset_on_close(fd);
  errno = saved;
}

/** connect(), except that a socket which ends up connected to itself is
    released and reported as what it means: -1 and ECONNREFUSED. As after any
    failed connect(), closing `fd` remains the caller's business. With a
    non-blocking socket, EINPROGRESS asks for selfconnect_is_self_connected()
    later. */
static inline int selfconnect_connect(int fd, const struct sockaddr *address,
                                      socklen_t length) {
  int error = 0;
  socklen_t errorLength = sizeof(error);
  if (connect(fd, address, length) != 0)
    return -1;
  if (!selfconnect_is_self_connected(fd))
    return 0;
  selfconnect_release(fd);
  /* The reset is recorded as an error of the socket; reading it clears it. */
  (void)getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &errorLength);
  errno = ECONNREFUSED;
  return -1;
}

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SELFCONNECT_GUARD_H */
