//===- channel.cpp - messages between the command and its child process ---===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "channel.h"

#include "step.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <string>
#include <sys/socket.h>

namespace selfconnect::detail {

void Channel::send(const nlohmann::ordered_json &message) const {
  std::string text = message.dump();
  while (::send(fd_.get(), text.data(), text.size(), MSG_NOSIGNAL) < 0 &&
         errno == EINTR) {
  }
}

Channel::Status
Channel::receive(nlohmann::ordered_json &message,
                 std::optional<std::chrono::milliseconds> timeout) const {
  pollfd waitFor = {fd_.get(), POLLIN, 0};
  long long wait =
      timeout ? std::clamp<long long>(timeout->count(), 0, 1 << 30) : -1;
  int ready = ::poll(&waitFor, 1, static_cast<int>(wait));
  if (ready == 0 || (ready < 0 && errno == EINTR))
    return Status::TimedOut;
  if (ready < 0)
    failStep("wait for the child process", "poll", errno);

  std::string text(64 * 1024, '\0');
  ssize_t length = ::recv(fd_.get(), text.data(), text.size(), 0);
  if (length <= 0)
    return Status::Closed;
  text.resize(static_cast<std::size_t>(length));
  message = nlohmann::ordered_json::parse(text);
  return Status::Message;
}

} // namespace selfconnect::detail
