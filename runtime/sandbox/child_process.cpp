//===- child_process.cpp - a child that does not outlive the command ------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "child_process.h"

#include "bound_child.h"
#include "interrupt.h"
#include "selfconnect/error.h"
#include "step.h"

#include <cerrno>
#include <csignal>
#include <exception>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect::detail {
namespace {

void runBody(const std::function<void(Channel &)> &body, Channel &channel) {
  auto report = [&](const char *kind, const std::exception &error) {
    channel.send({{"type", "error"}, {"kind", kind}, {"what", error.what()}});
  };
  try {
    body(channel);
  } catch (const InputError &error) {
    report("input", error);
  } catch (const std::exception &error) {
    report("environment", error);
  }
}

/// Throws what the body threw, if the message is about that.
void rethrow(const nlohmann::ordered_json &message) {
  if (message.value("type", "") != "error")
    return;
  std::string what = message.at("what");
  if (message.at("kind") == "input")
    throw InputError(what);
  throw EnvironmentError(what);
}

} // namespace

ChildProcess::ChildProcess(const std::function<void(Channel &)> &body) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    failStep("start a child process", "socketpair", errno);
  Fd parentEnd(ends[0]);
  Fd childEnd(ends[1]);

  SignalsHeld held; // until the child is known to the interrupt handler
  pid_ = forkBound();
  if (pid_ < 0)
    failStep("start a child process", "fork", errno);
  if (pid_ == 0) {
    leaveInterruptsToParent();
    held.release();
    parentEnd.close();
    Channel channel(std::move(childEnd));
    runBody(body, channel);
    ::_exit(0); // the parent's buffers and handlers are not ours to run
  }
  addChild(pid_);
  channel_ = Channel(std::move(parentEnd));
}

ChildProcess::~ChildProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    reap();
  }
}

int ChildProcess::reap() {
  int status = 0;
  SignalsHeld held; // the number may belong to another process once reaped
  while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
  }
  removeChild(pid_);
  pid_ = -1;
  return status;
}

std::string ChildProcess::waitForEnd() {
  int status = reap();
  if (WIFSIGNALED(status))
    return "signal " + std::to_string(WTERMSIG(status));
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

std::optional<nlohmann::ordered_json>
ChildProcess::await(const char *step,
                    std::optional<Clock::time_point> deadline) {
  for (;;) {
    std::optional<std::chrono::milliseconds> left;
    if (deadline)
      left = std::chrono::duration_cast<std::chrono::milliseconds>(
          *deadline - Clock::now());
    nlohmann::ordered_json message;
    switch (channel_.receive(message, left)) {
    case Channel::Status::TimedOut:
      if (deadline && Clock::now() >= *deadline)
        return std::nullopt;
      continue; // a signal
    case Channel::Status::Closed:
      throw EnvironmentError(std::string(step) +
                             ": the child process ended early (" +
                             waitForEnd() + ")");
    case Channel::Status::Message:
      rethrow(message);
      return message;
    }
  }
}

nlohmann::ordered_json ChildProcess::awaitResult(const char *step) {
  return await(step).value();
}

std::vector<std::size_t>
awaitAny(const std::vector<const ChildProcess *> &children) {
  std::vector<pollfd> waits;
  for (const ChildProcess *child : children)
    waits.push_back({child->channel().fd(), POLLIN, 0});
  while (::poll(waits.data(), waits.size(), -1) < 0)
    if (errno != EINTR)
      failStep("wait for the child processes", "poll", errno);
  std::vector<std::size_t> ready;
  for (std::size_t place = 0; place < waits.size(); ++place)
    if (waits[place].revents != 0)
      ready.push_back(place);
  return ready;
}

} // namespace selfconnect::detail
