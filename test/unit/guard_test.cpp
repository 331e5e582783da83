//===- guard_test.cpp - the guard header ----------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A socket that binds a port and connects to it meets itself at once, on any
// range. The kernel chooses the port.
//
//===----------------------------------------------------------------------===//

#include "selfconnect/guard.h"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/un.h>

namespace {

class GuardHeader : public testing::TestWithParam<int> {
protected:
  GuardHeader() {
    if (GetParam() == AF_INET) {
      auto &ipv4 = reinterpret_cast<sockaddr_in &>(own_);
      ipv4.sin_family = AF_INET;
      ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
      length_ = sizeof(ipv4);
    } else {
      auto &ipv6 = reinterpret_cast<sockaddr_in6 &>(own_);
      ipv6.sin6_family = AF_INET6;
      ipv6.sin6_addr = IN6ADDR_LOOPBACK_INIT;
      length_ = sizeof(ipv6);
    }
  }

  sockaddr *own() { return reinterpret_cast<sockaddr *>(&own_); }

  /// Bound to a port of the kernel's choice, which own() then has.
  int boundSocket(int type = SOCK_STREAM) {
    int fd = ::socket(GetParam(), type, 0);
    EXPECT_EQ(::bind(fd, own(), length_), 0);
    EXPECT_EQ(::getsockname(fd, own(), &length_), 0);
    return fd;
  }

  /// What a server gets that binds the port as strictly as can be.
  int serverError() {
    int fd = ::socket(GetParam(), SOCK_STREAM, 0);
    int error = ::bind(fd, own(), length_) == 0 ? 0 : errno;
    ::close(fd);
    return error;
  }

  sockaddr_storage own_ = {};
  socklen_t length_ = 0;
};

INSTANTIATE_TEST_SUITE_P(Families, GuardHeader,
                         testing::Values(AF_INET, AF_INET6));

TEST_P(GuardHeader, FindsASelfConnectedSocketAndFreesItsPort) {
  int fd = boundSocket();
  EXPECT_EQ(selfconnect_is_self_connected(fd), 0) << "not connected yet";
  ASSERT_EQ(::connect(fd, own(), length_), 0);
  EXPECT_EQ(selfconnect_is_self_connected(fd), 1);
  EXPECT_EQ(serverError(), EADDRINUSE);
  EXPECT_EQ(selfconnect_close(fd), 0);
  EXPECT_EQ(serverError(), 0);
}

TEST_P(GuardHeader, PlainCloseLeavesThePortBlocked) {
  // Why selfconnect_close() is there.
  int fd = boundSocket();
  ASSERT_EQ(::connect(fd, own(), length_), 0);
  ::close(fd);
  EXPECT_EQ(serverError(), EADDRINUSE);
}

TEST_P(GuardHeader, ConnectReportsRefusal) {
  int fd = boundSocket();
  errno = 0;
  EXPECT_EQ(selfconnect_connect(fd, own(), length_), -1);
  EXPECT_EQ(errno, ECONNREFUSED);
  EXPECT_EQ(selfconnect_is_self_connected(fd), 0);
  int error = -1;
  socklen_t size = sizeof(error);
  ::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
  EXPECT_EQ(error, 0) << "no error is left for the next attempt";
  ::close(fd);
  EXPECT_EQ(serverError(), 0);
}

TEST_P(GuardHeader, LetsAServerThrough) {
  int server = boundSocket();
  ASSERT_EQ(::listen(server, 1), 0);
  int fd = ::socket(GetParam(), SOCK_STREAM, 0);
  EXPECT_EQ(selfconnect_connect(fd, own(), length_), 0);
  EXPECT_EQ(selfconnect_is_self_connected(fd), 0);
  ::close(fd);
  ::close(server);
}

TEST_P(GuardHeader, LeavesUdpAlone) {
  int fd = boundSocket(SOCK_DGRAM);
  EXPECT_EQ(selfconnect_connect(fd, own(), length_), 0);
  EXPECT_EQ(selfconnect_is_self_connected(fd), 0);
  ::close(fd);
}

TEST(GuardHeaderOthers, WhatIsNoTcpSocketIsNotSelfConnected) {
  int pair[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
  errno = E2BIG;
  EXPECT_EQ(selfconnect_is_self_connected(pair[0]), 0);
  EXPECT_EQ(selfconnect_is_self_connected(-1), 0);
  EXPECT_EQ(selfconnect_is_self_connected(STDIN_FILENO), 0);
  EXPECT_EQ(errno, E2BIG) << "errno is the caller's";
  ::close(pair[0]);
  ::close(pair[1]);
}

} // namespace
