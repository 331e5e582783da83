//===- tcp_socket.cpp - what a TCP socket is connected to -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tcp_socket.h"

#include <cerrno>
#include <cstring>

namespace selfconnect::detail {
namespace {

std::string errnoName(int error) {
  const char *name = ::strerrorname_np(error);
  return name ? name : "errno " + std::to_string(error);
}

} // namespace

bool isSelfConnected(int fd) {
  auto local = SocketAddress::localOf(fd);
  auto peer = SocketAddress::peerOf(fd);
  return local && peer && *local == *peer;
}

std::string tryServer(const SocketAddress &address, bool reuseaddr) {
  Fd server(::socket(address.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!server)
    return errnoName(errno);
  int on = 1;
  if (reuseaddr && ::setsockopt(server.get(), SOL_SOCKET, SO_REUSEADDR, &on,
                                sizeof(on)) != 0)
    return errnoName(errno);
  if (::bind(server.get(), address.data(), address.length()) != 0)
    return errnoName(errno);
  return "ok";
}

void resetOnClose(int fd) {
  linger reset = {1, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
}

void resetSocket(Fd &fd) {
  resetOnClose(fd.get());
  fd.close();
}

} // namespace selfconnect::detail
