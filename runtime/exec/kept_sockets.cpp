//===- kept_sockets.cpp - copies that outlive a sudden death --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "kept_sockets.h"

#include "process_files.h"
#include "system_calls.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace selfconnect::detail {
namespace {

/// Enough for those that can be connected to themselves at a time, and few
/// beside the descriptors that a process may have.
constexpr std::size_t maxKept = 32;

/// Refused, or not yet under way.
bool isIdle(int fd) {
  tcp_info info = {};
  socklen_t length = sizeof(info);
  return ::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) == 0 &&
         info.tcpi_state == 7; // TCP_CLOSE, an enumerator of another header
}

} // namespace

void KeptSockets::keep(const Place &place, Fd copy) {
  if (!copy || place.second > lastHeldDescriptor)
    return;
  if (copies_.size() >= maxKept) // by a program that does not close them
    std::erase_if(copies_,
                  [](const auto &each) { return isIdle(each.second.get()); });
  if (copies_.size() < maxKept)
    copies_.insert_or_assign(place, std::move(copy));
}

Fd KeptSockets::take(const Place &place) {
  auto node = copies_.extract(place);
  return node ? std::move(node.mapped()) : Fd();
}

std::vector<std::pair<Place, Fd>> KeptSockets::takeLost() {
  std::vector<std::pair<Place, Fd>> lost;
  for (auto each = copies_.begin(); each != copies_.end();) {
    auto &[place, copy] = *each;
    if (inodeOf(takeDescriptor(place.first, place.second).get()) ==
        inodeOf(copy.get())) {
      ++each;
      continue;
    }
    lost.emplace_back(place, std::move(copy));
    each = copies_.erase(each);
  }
  return lost;
}

} // namespace selfconnect::detail
