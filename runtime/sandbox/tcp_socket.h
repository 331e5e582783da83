//===- tcp_socket.h - what a TCP socket is connected to --------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_TCP_SOCKET_H
#define SELFCONNECT_SANDBOX_TCP_SOCKET_H

#include "fd.h"
#include "socket_address.h"

#include <string>

namespace selfconnect::detail {

/// Whether both ends of the connected socket are the same address and port.
bool isSelfConnected(int fd);

/// Tries what a server does: a socket and bind() to `address`. "ok", or the name
/// of the errno: "EADDRINUSE". Without listen(), which asks the kernel the same
/// again (inet_csk_listen_start() in net/ipv4/inet_connection_sock.c, Linux
/// 6.1): a thread that tries meanwhile is not to reach a server of ours.
std::string tryServer(const SocketAddress &address, bool reuseaddr);

/// Makes whatever closes the socket a reset, which leaves no TIME_WAIT on the
/// port.
void resetOnClose(int fd);

/// Closes the socket by a reset.
void resetSocket(Fd &fd);

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_TCP_SOCKET_H
