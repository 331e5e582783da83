//===- host_test.cpp - netlink, cgroups and sysctl.d ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "cgroup.h"
#include "sock_diag.h"
#include "sysctl_files.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <random>
#include <sys/socket.h>

namespace selfconnect::detail {
namespace {

template <typename T> std::string bytesOf(const T &value) {
  return {reinterpret_cast<const char *>(&value), sizeof value};
}

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + 3) / 4 * 4);
  return bytes;
}

std::string message(unsigned type, const std::string &body) {
  nlmsghdr header = {};
  header.nlmsg_len = static_cast<__u32>(sizeof header + body.size());
  header.nlmsg_type = static_cast<__u16>(type);
  return padded(bytesOf(header) + body);
}

std::string attribute(unsigned type, const std::string &payload) {
  nlattr head = {};
  head.nla_len = static_cast<__u16>(sizeof head + payload.size());
  head.nla_type = static_cast<__u16>(type);
  return padded(bytesOf(head) + payload);
}

/// Of 127.0.0.1 to itself, by ports.
std::string socketBody(unsigned state, std::uint16_t from, std::uint16_t to) {
  inet_diag_msg socket = {};
  socket.idiag_family = AF_INET;
  socket.idiag_state = static_cast<__u8>(state);
  socket.id.idiag_src[0] = socket.id.idiag_dst[0] = htonl(INADDR_LOOPBACK);
  socket.id.idiag_sport = htons(from);
  socket.id.idiag_dport = htons(to);
  socket.idiag_uid = 1000;
  socket.idiag_inode = 4711;
  return bytesOf(socket);
}

TEST(SockDiag, ReadsSocketsAndTheEnd) {
  tcp_info info = {};
  info.tcpi_last_data_sent = 1500;
  const std::string packet =
      message(SOCK_DIAG_BY_FAMILY, socketBody(10, 33334, 0)) +
      message(SOCK_DIAG_BY_FAMILY,
              socketBody(1, 40000, 40000) +
                  attribute(INET_DIAG_INFO, bytesOf(info))) +
      message(SOCK_DIAG_BY_FAMILY, socketBody(1, 40000, 40001)) +
      message(NLMSG_DONE, bytesOf(0));
  std::vector<DiagSocket> sockets;
  const auto end = parseDiagPacket(packet, sockets);
  ASSERT_TRUE(end);
  EXPECT_TRUE(end->done);
  EXPECT_EQ(end->errorNumber, 0);
  ASSERT_EQ(sockets.size(), 3U);
  EXPECT_TRUE(sockets[0].isListener());
  EXPECT_EQ(sockets[0].local, (DiagEndpoint{"127.0.0.1", 33334}));
  EXPECT_EQ(sockets[0].uid, 1000U);
  EXPECT_EQ(sockets[0].inode, 4711U);
  EXPECT_TRUE(sockets[1].isSelfConnected());
  ASSERT_TRUE(sockets[1].times);
  EXPECT_EQ(sockets[1].times->sent, 1500U);
  EXPECT_TRUE(sockets[1].times->neverSent);
  EXPECT_FALSE(sockets[2].isSelfConnected());
}

// A closed connection is none, nor is a state that no kernel has.
TEST(SockDiag, GoesByTheState) {
  for (unsigned state : {2U, 3U, 6U, 7U, 10U, 31U, 32U, 255U}) {
    std::vector<DiagSocket> sockets;
    ASSERT_TRUE(parseDiagPacket(
        message(SOCK_DIAG_BY_FAMILY, socketBody(state, 40000, 40000)),
        sockets));
    EXPECT_FALSE(sockets.at(0).isSelfConnected()) << state;
  }
}

TEST(SockDiag, TellsRefusals) {
  std::vector<DiagSocket> sockets;
  for (unsigned type : {unsigned{NLMSG_ERROR}, unsigned{NLMSG_DONE}}) {
    const auto end = parseDiagPacket(message(type, bytesOf(-ENOENT)), sockets);
    ASSERT_TRUE(end);
    EXPECT_EQ(end->errorNumber, ENOENT);
  }
}

// An older kernel has a shorter tcp_info, which does not count what was sent.
TEST(SockDiag, TakesAShorterTcpInfo) {
  std::vector<DiagSocket> sockets;
  ASSERT_TRUE(parseDiagPacket(
      message(SOCK_DIAG_BY_FAMILY,
              socketBody(1, 1, 1) +
                  attribute(INET_DIAG_INFO, std::string(104, '\0'))),
      sockets));
  EXPECT_FALSE(sockets.at(0).times->neverSent);
}

TEST(SockDiag, RefusesWhatIsCutOffOrOfNoKnownForm) {
  const std::string whole =
      message(SOCK_DIAG_BY_FAMILY,
              socketBody(1, 1, 1) + attribute(INET_DIAG_SKV6ONLY, "\1"));
  for (std::size_t length = 1; length < whole.size(); ++length) {
    std::vector<DiagSocket> sockets;
    EXPECT_FALSE(parseDiagPacket(std::span(whole).first(length), sockets))
        << length;
  }
  std::vector<DiagSocket> sockets;
  EXPECT_FALSE(parseDiagPacket(message(NLMSG_ERROR, ""), sockets));
  EXPECT_FALSE(parseDiagPacket(message(99, "text"), sockets));
  EXPECT_FALSE(parseDiagPacket(message(SOCK_DIAG_BY_FAMILY, "short"), sockets));
  EXPECT_FALSE(parseDiagPacket(
      message(SOCK_DIAG_BY_FAMILY, socketBody(1, 1, 1) + std::string(4, '\0')),
      sockets)); // an attribute of no length would never end
  EXPECT_TRUE(sockets.empty());
}

// Whatever comes, it ends, and reads nothing that is not there.
TEST(SockDiag, BearsNoise) {
  std::mt19937 random(1);
  const std::string whole =
      message(SOCK_DIAG_BY_FAMILY,
              socketBody(1, 1, 1) +
                  attribute(INET_DIAG_INFO, std::string(232, '\0'))) +
      message(NLMSG_DONE, bytesOf(0));
  for (int round = 0; round < 20000; ++round) {
    std::string packet = whole.substr(0, random() % (whole.size() + 1));
    for (int change = 0; change < 3 && !packet.empty(); ++change)
      packet[random() % packet.size()] = static_cast<char>(random());
    std::vector<DiagSocket> sockets;
    parseDiagPacket(packet, sockets);
    EXPECT_LE(sockets.size(), 2U);
  }
}

TEST(Cgroup, TellsUnitAndContainer) {
  const std::string id(64, 'a');
  struct Case {
    std::string text, unit, container;
  };
  const Case cases[] = {
      {"0::/system.slice/nginx.service\n", "nginx.service", ""},
      {"0::/user.slice/user-1000.slice/user@1000.service/app.slice/a.service\n",
       "a.service", ""},
      {"0::/user.slice/user-1000.slice/session-3.scope\n", "session-3.scope",
       ""},
      {"0::/system.slice/docker-" + id + ".scope\n", "", std::string(12, 'a')},
      {"0::/docker/" + id + "\n", "", std::string(12, 'a')},
      {"0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-" + id +
           ".scope\n",
       "", std::string(12, 'a')},
      {"0::/system.slice/docker-" + id + ".scope/system.slice/b.service\n",
       "b.service", std::string(12, 'a')},
      {"0::/machine.slice/machine-web.scope\n", "", "web"},
      {"0::/lxc.payload.web/init.scope\n", "init.scope", "web"},
      {"12:pids:/docker/" + id + "\n1:name=systemd:/docker/" + id + "\n", "",
       std::string(12, 'a')},
      {"4:cpu:/\n1:name=systemd:/system.slice/c.service\n0::/\n", "c.service",
       ""},
      {"0::/\n", "", ""},
      {"", "", ""},
      {"no colons", "", ""},
      {"::\n::::/\n", "", ""},
  };
  for (const Case &each : cases) {
    const CgroupOwner owner = parseCgroup(each.text);
    EXPECT_EQ(owner.unit, each.unit) << each.text;
    EXPECT_EQ(owner.container, each.container) << each.text;
  }
}

TEST(SysctlFiles, FindTheLastValue) {
  EXPECT_EQ(findReservedPorts("net.ipv4.ip_local_reserved_ports = 1,2\n"),
            "1,2");
  EXPECT_EQ(findReservedPorts(" -net/ipv4/ip_local_reserved_ports=1-9"), "1-9");
  EXPECT_EQ(findReservedPorts("net.ipv4.ip_local_reserved_ports=1\n"
                              "net.ipv4.ip_local_reserved_ports = 2 \n"),
            "2");
  for (const char *none : {"", "# net.ipv4.ip_local_reserved_ports = 1",
                           ";net.ipv4.ip_local_reserved_ports = 1", "=", "=1",
                           "net.ipv4.ip_local_port_range = 1 2",
                           "net.ipv4.ip_local_reserved_ports"})
    EXPECT_FALSE(findReservedPorts(none)) << none;
}

} // namespace
} // namespace selfconnect::detail
