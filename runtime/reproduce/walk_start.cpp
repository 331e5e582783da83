//===- walk_start.cpp - where the kernel's walk begins --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "walk_start.h"

#include "method_ports.h"
#include "sandbox/port_sysctls.h"
#include "sandbox/socket_address.h"
#include "sandbox/step.h"
#include "sandbox/tcp_socket.h"

#include <cerrno>
#include <random>

namespace selfconnect::detail {

void startAnywhere(const ReproduceOptions &options) {
  // With one candidate left, a try goes to it, and the walk goes on behind it;
  // or up to eight candidates from where it was, if that is further. Hence more
  // than once, and more often where eight candidates are much.
  unsigned candidates =
      predict(options.range.low, options.range, {}, {options.kernelClass})
          .candidates;
  constexpr unsigned many = 1000;
  const int moves = candidates >= many ? 2 : 12;

  SocketAddress target =
      SocketAddress::parse(options.host, options.port).value();
  std::random_device random;
  std::uniform_int_distribution<unsigned> place(0, candidates - 1);
  for (int move = 0; move < moves; ++move) {
    unsigned step = candidates == options.range.size() ? 1 : 2;
    ReservedPorts others;
    reserveOthers(
        others, options.range,
        static_cast<std::uint16_t>(options.range.low + step * place(random)));
    writePortSysctls(options.range, others);
    Fd fd(::socket(target.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!fd)
      failStep("make a TCP socket", target.str(), errno);
    if (::connect(fd.get(), target.data(), target.length()) == 0)
      resetSocket(fd); // the one port left was the target's
  }
}

} // namespace selfconnect::detail
