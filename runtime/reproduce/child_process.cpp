//===- child_process.cpp - a child that does not outlive the command ------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "child_process.h"

#include "interrupt.h"
#include "selfconnect/error.h"
#include "step.h"

#include <cerrno>
#include <csignal>
#include <exception>
#include <sys/prctl.h>
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

/// The parent may have died before the request took effect, hence the check.
void dieWithParent(pid_t parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent)
    ::_exit(1);
}

} // namespace

ChildProcess::ChildProcess(const std::function<void(Channel &)> &body) {
  int ends[2];
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    failStep("start a child process", "socketpair", errno);
  Fd parentEnd(ends[0]);
  Fd childEnd(ends[1]);

  pid_t parent = ::getpid();
  SignalsHeld held; // until the child is known to the interrupt handler
  pid_ = ::fork();
  if (pid_ < 0)
    failStep("start a child process", "fork", errno);
  if (pid_ == 0) {
    dieWithParent(parent);
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

void ChildProcess::rethrow(const nlohmann::ordered_json &message) {
  if (message.at("type") != "error")
    return;
  std::string what = message.at("what");
  if (message.at("kind") == "input")
    throw InputError(what);
  throw EnvironmentError(what);
}

} // namespace selfconnect::detail
