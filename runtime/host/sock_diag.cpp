//===- sock_diag.cpp - the kernel's table of TCP sockets ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sock_diag.h"

#include "../sandbox/fd.h"
#include "../sandbox/step.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <sys/socket.h>

namespace selfconnect::detail {
namespace {

/// The kernel's numbers of states; its header for user space has none.
enum TcpState : unsigned {
  Established = 1,
  FinWait1 = 4,
  FinWait2 = 5,
  CloseWait = 8,
  LastAck = 9,
  Listen = 10,
  Closing = 11
};

/// Of those, the ones in which a connection is up. TIME-WAIT is none of a
/// process.
constexpr unsigned connectedStates = 1U << Established | 1U << FinWait1 |
                                     1U << FinWait2 | 1U << CloseWait |
                                     1U << LastAck | 1U << Closing;

/// Reads a `T` off the front; a packet need not be aligned for one.
template <typename T> bool take(std::span<const char> &bytes, T &value) {
  if (bytes.size() < sizeof value)
    return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes = bytes.subspan(sizeof value);
  return true;
}

/// Netlink pads everything to four bytes; the last one may lack its padding.
std::span<const char> behind(std::span<const char> bytes, std::size_t length) {
  const std::size_t padded = (length + 3) & ~std::size_t{3};
  return bytes.subspan(std::min(padded, bytes.size()));
}

DiagEndpoint endpointOf(int family, const __be32 (&address)[4], __be16 port) {
  char text[INET6_ADDRSTRLEN] = "";
  ::inet_ntop(family, static_cast<const void *>(address), text, sizeof text);
  return {text, ntohs(port)};
}

DiagTimes timesOf(std::span<const char> bytes) {
  // A kernel that is older or newer has less or more of it.
  tcp_info info = {};
  const std::size_t length = std::min(bytes.size(), sizeof info);
  std::memcpy(&info, bytes.data(), length);
  constexpr std::size_t counted =
      offsetof(tcp_info, tcpi_data_segs_out) + sizeof info.tcpi_data_segs_out;
  return {info.tcpi_last_data_sent, info.tcpi_last_ack_recv,
          length >= counted && info.tcpi_data_segs_out == 0};
}

bool takeAttributes(std::span<const char> bytes, DiagSocket &socket) {
  while (!bytes.empty()) {
    std::span<const char> rest = bytes;
    nlattr attribute = {};
    if (!take(rest, attribute) || attribute.nla_len < sizeof attribute ||
        attribute.nla_len > bytes.size())
      return false;
    const auto payload = rest.first(attribute.nla_len - sizeof attribute);
    if (attribute.nla_type == INET_DIAG_INFO)
      socket.times = timesOf(payload);
    else if (attribute.nla_type == INET_DIAG_SKV6ONLY && !payload.empty())
      socket.v6only = payload.front() != 0;
    bytes = behind(bytes, attribute.nla_len);
  }
  return true;
}

bool takeSocket(std::span<const char> bytes, std::vector<DiagSocket> &sockets) {
  inet_diag_msg message = {};
  if (!take(bytes, message) ||
      (message.idiag_family != AF_INET && message.idiag_family != AF_INET6))
    return false;
  DiagSocket socket;
  socket.state = message.idiag_state;
  socket.local = endpointOf(message.idiag_family, message.id.idiag_src,
                            message.id.idiag_sport);
  socket.remote = endpointOf(message.idiag_family, message.id.idiag_dst,
                             message.id.idiag_dport);
  socket.uid = message.idiag_uid;
  socket.inode = message.idiag_inode;
  if (!takeAttributes(bytes, socket))
    return false;
  sockets.push_back(std::move(socket));
  return true;
}

/// `states` is a set of bits, one per state.
void ask(const Fd &netlink, int family, unsigned states, unsigned extensions) {
  struct {
    nlmsghdr header;
    inet_diag_req_v2 request;
  } message = {};
  message.header.nlmsg_len = sizeof message;
  message.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  message.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  message.request.sdiag_family = static_cast<__u8>(family);
  message.request.sdiag_protocol = IPPROTO_TCP;
  message.request.idiag_states = states;
  message.request.idiag_ext = static_cast<__u8>(extensions);
  if (::send(netlink.get(), &message, sizeof message, 0) < 0)
    failStep("ask for the TCP sockets", "sock_diag", errno);
}

void receive(const Fd &netlink, std::vector<DiagSocket> &sockets) {
  std::vector<char> buffer(std::size_t{64} * 1024); // the kernel sends 32 KiB
  for (;;) {
    const ssize_t length =
        ::recv(netlink.get(), buffer.data(), buffer.size(), MSG_TRUNC);
    if (length < 0 && errno == EINTR)
      continue;
    if (length < 0)
      failStep("read the TCP sockets", "sock_diag", errno);
    const auto size = static_cast<std::size_t>(length);
    const auto end = size <= buffer.size()
                         ? parseDiagPacket({buffer.data(), size}, sockets)
                         : std::nullopt;
    if (!end)
      failStep("read the TCP sockets", "sock_diag", EBADMSG);
    if (end->errorNumber != 0)
      failStep("read the TCP sockets", "sock_diag", end->errorNumber);
    if (end->done)
      return;
  }
}

} // namespace

bool DiagSocket::isListener() const { return state == Listen; }

bool DiagSocket::isSelfConnected() const {
  return state < 32 && (connectedStates >> state & 1U) != 0 && local == remote;
}

std::optional<DiagEnd> parseDiagPacket(std::span<const char> packet,
                                       std::vector<DiagSocket> &sockets) {
  DiagEnd end;
  while (!packet.empty() && !end.done && end.errorNumber == 0) {
    std::span<const char> rest = packet;
    nlmsghdr header = {};
    if (!take(rest, header) || header.nlmsg_len < sizeof header ||
        header.nlmsg_len > packet.size())
      return std::nullopt;
    std::span<const char> body = rest.first(header.nlmsg_len - sizeof header);
    int status = 0; // an error number, negative
    switch (header.nlmsg_type) {
    case NLMSG_NOOP:
      break;
    case NLMSG_DONE:
      end.done = true;
      if (take(body, status) && status < 0)
        end.errorNumber = -status;
      break;
    case NLMSG_ERROR:
      if (!take(body, status))
        return std::nullopt;
      end.done = true;
      end.errorNumber = status < 0 ? -status : EBADMSG;
      break;
    case SOCK_DIAG_BY_FAMILY:
      if (!takeSocket(body, sockets))
        return std::nullopt;
      break;
    default:
      return std::nullopt;
    }
    packet = behind(packet, header.nlmsg_len);
  }
  return end;
}

std::vector<DiagSocket> readSockets(int family) {
  const Fd netlink(
      ::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG));
  sockaddr_nl kernel = {};
  kernel.nl_family = AF_NETLINK;
  // Connected, so that nobody but the kernel is heard.
  if (!netlink ||
      ::connect(netlink.get(), reinterpret_cast<const sockaddr *>(&kernel),
                sizeof kernel) != 0)
    failStep("open netlink", "sock_diag", errno);
  std::vector<DiagSocket> sockets;
  ask(netlink, family, 1U << Listen, 0);
  receive(netlink, sockets);
  std::vector<DiagSocket> connections;
  ask(netlink, family, connectedStates, 1U << (INET_DIAG_INFO - 1));
  receive(netlink, connections);
  for (DiagSocket &each : connections)
    if (each.isSelfConnected())
      sockets.push_back(std::move(each));
  return sockets;
}

} // namespace selfconnect::detail
