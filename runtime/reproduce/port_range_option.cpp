//===- port_range_option.cpp - the ephemeral port range of one socket -----===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "port_range_option.h"

#include "sandbox/fd.h"
#include "selfconnect/reproduce.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace selfconnect {
namespace detail {

bool narrowSocketTo(int fd, std::uint16_t port) {
  // From <linux/in.h>, which older headers lack and <netinet/in.h> excludes.
  constexpr int ipLocalPortRange = 51;
  std::uint32_t lowAndHigh = port | static_cast<std::uint32_t>(port) << 16;
  return ::setsockopt(fd, IPPROTO_IP, ipLocalPortRange, &lowAndHigh,
                      sizeof(lowAndHigh)) == 0;
}

} // namespace detail

bool hasPortRangeOption() {
  detail::Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  constexpr std::uint16_t anyPort = 40000;
  return fd && detail::narrowSocketTo(fd.get(), anyPort);
}

} // namespace selfconnect
