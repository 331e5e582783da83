//===- child_pool.cpp - several programs at a time ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "child_pool.h"

#include "selfconnect/error.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect::scan {
namespace {

constexpr int interrupts[] = {SIGINT, SIGTERM, SIGHUP};

/// For the child: never returns.
[[noreturn]] void become(const Program &program, char *const *arguments,
                         pid_t parent, const sigset_t &mask) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) // it ended before we asked for the signal
    ::_exit(1);
  const int input = ::open("/dev/null", O_RDONLY);
  const int flags = O_WRONLY | O_CREAT | O_TRUNC;
  const int output = ::open(program.outputFile.c_str(), flags, 0666);
  const int error = ::open(program.errorFile.c_str(), flags, 0666);
  if (input < 0 || output < 0 || error < 0 || ::dup2(input, 0) < 0 ||
      ::dup2(output, 1) < 0 || ::dup2(error, 2) < 0)
    ::_exit(126);
  ::close(input);
  ::close(output);
  ::close(error);
  ::sigprocmask(SIG_SETMASK, &mask, nullptr);
  ::execv(arguments[0], arguments);
  const char *reason = std::strerror(errno);
  [[maybe_unused]] auto written = ::write(2, reason, std::strlen(reason));
  ::_exit(127);
}

} // namespace

ChildPool::ChildPool() {
  ::signal(SIGCHLD, SIG_DFL); // ignored, it would reap them unseen
  ::sigemptyset(&awaited_);
  ::sigaddset(&awaited_, SIGCHLD);
  for (const int signal : interrupts) {
    struct sigaction action = {};
    ::sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_IGN) // nohup and the like
      ::sigaddset(&awaited_, signal);
  }
  ::sigprocmask(SIG_BLOCK, &awaited_, &before_);
}

ChildPool::~ChildPool() {
  for (const Child &child : children_)
    ::kill(-child.pid, SIGKILL);
  for (const Child &child : children_)
    while (::waitpid(child.pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  // What came last and was not waited for is for whoever had it before.
  ::sigprocmask(SIG_SETMASK, &before_, nullptr);
}

void ChildPool::start(std::size_t id, const Program &program) {
  std::vector<char *> arguments;
  for (const std::string &word : program.arguments)
    arguments.push_back(const_cast<char *>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t parent = ::getpid();
  const pid_t pid = ::fork();
  if (pid < 0)
    throw EnvironmentError("start " + program.arguments.front() + ": fork: " +
                           std::strerror(errno) + "; use a smaller -j");
  if (pid == 0)
    become(program, arguments.data(), parent, before_);
  ::setpgid(pid, pid); // in both: whoever comes first
  children_.push_back({id, pid,
                       program.timeout.count() > 0
                           ? Clock::now() + program.timeout
                           : Clock::time_point::max()});
}

/// Until a child ends, a deadline passes or an interrupt comes.
void ChildPool::wait() {
  auto next = Clock::time_point::max();
  for (const Child &child : children_)
    if (!child.late)
      next = std::min(next, child.deadline);
  int signal = 0;
  if (next == Clock::time_point::max()) {
    signal = ::sigwaitinfo(&awaited_, nullptr);
  } else {
    const auto left = std::max(next - Clock::now(), Clock::duration::zero());
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec timeout{seconds.count(), (left - seconds).count()};
    signal = ::sigtimedwait(&awaited_, nullptr, &timeout);
  }
  if (signal > 0 && signal != SIGCHLD)
    throw Interrupted{signal};
}

void ChildPool::endLate() {
  for (Child &child : children_)
    if (!child.late && child.deadline <= Clock::now()) {
      child.late = true;
      ::kill(-child.pid, SIGKILL);
    }
}

Ended ChildPool::next() {
  while (true) {
    for (auto child = children_.begin(); child != children_.end(); ++child) {
      siginfo_t ending = {};
      if (::waitid(P_PID, static_cast<id_t>(child->pid), &ending,
                   WEXITED | WNOHANG | WNOWAIT) != 0 ||
          ending.si_pid == 0)
        continue;
      // What it may have left behind, while the number is still its own.
      ::kill(-child->pid, SIGKILL);
      int status = 0;
      ::waitpid(child->pid, &status, 0);
      const Ended ended{child->id, status, child->late};
      children_.erase(child);
      return ended;
    }
    wait();
    endLate();
  }
}

} // namespace selfconnect::scan
