//===- attempt_loop.cpp - connect() until the socket meets itself ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "attempt_loop.h"

#include "sandbox/step.h"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>

namespace selfconnect::detail {
namespace {

using Clock = std::chrono::steady_clock;

/// A try takes about 10 us, so the clock is looked at every millisecond or so.
constexpr std::uint64_t triesPerLook = 64;
constexpr auto progressInterval = std::chrono::milliseconds(100);

Fd makeSocket(const AttemptPlan &plan) {
  int flags = plan.mode == SocketMode::Nonblocking ? SOCK_NONBLOCK : 0;
  Fd fd(::socket(plan.target.family(), SOCK_STREAM | SOCK_CLOEXEC | flags, 0));
  if (!fd)
    failStep("make a TCP socket", plan.target.str(), errno);
  if (plan.prepare)
    plan.prepare(fd.get());
  return fd;
}

/// One try on a blocking socket; 0 or the errno.
int tryBlocking(int fd, const SocketAddress &target) {
  return ::connect(fd, target.data(), target.length()) == 0 ? 0 : errno;
}

/// One try on a non-blocking socket: the second connect() tells how the first
/// one went. SO_ERROR would tell too, but then the next connect() would fail
/// with ECONNABORTED and send nothing.
int tryNonblocking(int fd, const SocketAddress &target) {
  int error = tryBlocking(fd, target);
  while (error == EINPROGRESS || error == EALREADY) {
    pollfd done = {fd, POLLOUT, 0};
    ::poll(&done, 1, 1000);
    error = tryBlocking(fd, target);
  }
  return error;
}

void makeBlocking(int fd) {
  ::fcntl(fd, F_SETFL, ::fcntl(fd, F_GETFL) & ~O_NONBLOCK);
}

bool isMiss(int error) {
  return error == ECONNREFUSED || error == EADDRNOTAVAIL;
}

/// Looks at the clock: tells the progress, and whether the time is up.
class Watch {
public:
  explicit Watch(const AttemptPlan &plan) : plan_(plan) {}

  bool isTimeUp(std::uint64_t tries) {
    Clock::time_point now = Clock::now();
    if (plan_.progress && now >= nextProgress_) {
      plan_.progress(tries, seconds());
      nextProgress_ = now + progressInterval;
    }
    return now - start_ >= plan_.timeout;
  }
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

private:
  const AttemptPlan &plan_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point nextProgress_ = start_ + progressInterval;
};

/// When every port is in use (TIME_WAIT, other connections), the CPU is given
/// away until one is free.
void waitForFreePort() { ::poll(nullptr, 0, 1); }

} // namespace

AttemptResult runAttempts(const AttemptPlan &plan) {
  AttemptResult result;
  Fd fd = makeSocket(plan);
  auto attempt =
      plan.mode == SocketMode::Nonblocking ? tryNonblocking : tryBlocking;
  Watch watch(plan);

  for (;;) {
    int error = attempt(fd.get(), plan.target);
    ++result.tries;
    if (error == 0) {
      result.end = AttemptResult::End::Connected;
      break;
    }
    if (!isMiss(error))
      failStep("connect", plan.target.str(), error);
    if (error == EADDRNOTAVAIL)
      ++result.triesWithoutPort;
    if (result.tries >= plan.maxTries) {
      result.end = AttemptResult::End::OutOfTries;
      break;
    }
    if (error == EADDRNOTAVAIL)
      waitForFreePort();
    if ((result.tries % triesPerLook == 0 || error == EADDRNOTAVAIL) &&
        watch.isTimeUp(result.tries)) {
      result.end = AttemptResult::End::OutOfTime;
      break;
    }
    bool callEnded =
        plan.triesPerCall && result.tries % *plan.triesPerCall == 0;
    if (plan.mode == SocketMode::New || callEnded) {
      fd.close();
      fd = makeSocket(plan);
    }
  }

  result.seconds = watch.seconds();
  if (result.end == AttemptResult::End::Connected) {
    if (plan.mode == SocketMode::Nonblocking)
      makeBlocking(fd.get());
    result.socket = std::move(fd);
  }
  return result;
}

} // namespace selfconnect::detail
