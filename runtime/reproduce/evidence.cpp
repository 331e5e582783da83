//===- evidence.cpp - what a self-connected socket shows ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "evidence.h"

#include "sandbox/tcp_socket.h"

#include <cstring>
#include <fstream>
#include <netinet/tcp.h>
#include <sstream>
#include <string_view>
#include <sys/stat.h>

namespace selfconnect::detail {
namespace {

std::string tcpState(int fd) {
  constexpr const char *names[] = {
      "?",          "ESTABLISHED", "SYN_SENT",  "SYN_RECV",
      "FIN_WAIT1",  "FIN_WAIT2",   "TIME_WAIT", "CLOSE",
      "CLOSE_WAIT", "LAST_ACK",    "LISTEN",    "CLOSING",
  };
  tcp_info info = {};
  socklen_t length = sizeof(info);
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0 ||
      info.tcpi_state >= std::size(names))
    return "?";
  return names[info.tcpi_state];
}

/// The line of the kernel's table whose inode is that of the socket, with
/// single blanks. A v4-mapped socket stands in the table of IPv6.
std::string procNetLine(int fd, int family) {
  struct stat status = {};
  if (::fstat(fd, &status) != 0)
    return "";
  std::ifstream table(family == AF_INET6 ? "/proc/self/net/tcp6"
                                         : "/proc/self/net/tcp");
  constexpr std::size_t inodeField = 9;
  for (std::string line; std::getline(table, line);) {
    std::istringstream words(line);
    std::string joined;
    std::string inode;
    std::size_t field = 0;
    for (std::string word; words >> word; ++field) {
      joined += (field ? " " : "") + word;
      if (field == inodeField)
        inode = word;
    }
    if (inode == std::to_string(status.st_ino))
      return joined;
  }
  return "";
}

/// Writes a few bytes and waits, not for ever, until they come back.
bool echoes(int fd) {
  timeval patience = {2, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
  constexpr std::string_view sent = "selfconnect";
  if (::send(fd, sent.data(), sent.size(), MSG_NOSIGNAL) !=
      static_cast<ssize_t>(sent.size()))
    return false;
  char received[sent.size()] = {};
  return ::recv(fd, received, sizeof(received), MSG_WAITALL) ==
             static_cast<ssize_t>(sizeof(received)) &&
         sent == std::string_view(received, sizeof(received));
}

} // namespace

Evidence inspect(int fd) {
  Evidence evidence;
  auto local = SocketAddress::localOf(fd);
  auto peer = SocketAddress::peerOf(fd);
  if (!local || !peer)
    return evidence;
  evidence.local = local->str();
  evidence.peer = peer->str();
  evidence.tcpState = tcpState(fd);
  evidence.procNetTcp = procNetLine(fd, local->family());
  evidence.echo = echoes(fd);
  evidence.serverBind = tryServer(*local, false);
  evidence.serverBindReuseaddr = tryServer(*local, true);
  return evidence;
}

} // namespace selfconnect::detail
