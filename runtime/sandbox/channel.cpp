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

namespace {

/// A message goes as parts of at most this size, since that of one packet is
/// limited: the first byte of each tells whether it is the last one.
constexpr std::size_t partSize = 16 * 1024;
constexpr char goesOn = '+';
constexpr char last = '.';

/// \returns false when the other end is gone.
bool sendPart(int fd, const std::string &part) {
  ssize_t sent = 0;
  do
    sent = ::send(fd, part.data(), part.size(), MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent >= 0;
}

/// Empty when the other end is gone. An end that goes without having read all
/// says so once, as a reset, ahead of what it has sent.
std::string receivePart(int fd) {
  std::string part(1 + partSize, '\0');
  ssize_t size = 0;
  do
    size = ::recv(fd, part.data(), part.size(), 0);
  while (size < 0 && (errno == EINTR || errno == ECONNRESET));
  part.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return part;
}

} // namespace

void Channel::send(const nlohmann::ordered_json &message) const {
  // Names of processes and of errors need not be UTF-8.
  const std::string text = message.dump(
      -1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  for (std::size_t at = 0; at < text.size(); at += partSize) {
    bool isLast = text.size() - at <= partSize;
    if (!sendPart(fd_.get(),
                  (isLast ? last : goesOn) + text.substr(at, partSize)))
      return;
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

  std::string text;
  for (;;) {
    std::string part = receivePart(fd_.get());
    if (part.empty())
      return Status::Closed;
    text.append(part, 1);
    if (part.front() == last)
      break;
  }
  message = nlohmann::ordered_json::parse(text);
  return Status::Message;
}

} // namespace selfconnect::detail
