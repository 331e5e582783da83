//===- sandboxed_program.cpp - the program and all its children -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sandboxed_program.h"

#include "process_files.h"
#include "sandbox/bound_child.h"
#include "sandbox/network_namespace.h"
#include "sandbox/step.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect::detail {
namespace {

/// What the children tell over the pipe.
struct Event {
  enum Kind { Listening, ExecFailed, ProgramEnded };
  Kind kind;
  int value; ///< a descriptor, errno, or what waitpid() says
};

/// The ends that the children have.
struct Pipes {
  int events; ///< to write events
  int taken;  ///< readable once the descriptor of Listening has been taken
};

void tell(int events, const Event &event) {
  ssize_t written = ::write(events, &event, sizeof(event));
  (void)written; // who should hear of it is gone, and we shall be too
}

void writeOwnFile(const char *path, const std::string &text) {
  Fd file(::open(path, O_WRONLY | O_CLOEXEC));
  ssize_t written = ::write(file.get(), text.data(), text.size());
  (void)written; // then the program runs as root, which is no harm in here
}

/// In the user namespace of the sandbox we are root; the program is to be who
/// it is outside, without privileges.
void becomeUser(const ProgramSetting &setting) {
  if (!setting.userNamespace || ::unshare(CLONE_NEWUSER) != 0)
    return;
  writeOwnFile("/proc/self/uid_map", std::to_string(setting.user) + " 0 1");
  writeOwnFile("/proc/self/gid_map", std::to_string(setting.group) + " 0 1");
}

/// /proc with the process ids of the new namespace; not everywhere permitted,
/// and few programs look.
void mountProc() {
  if (::unshare(CLONE_NEWNS) == 0 &&
      ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0)
    ::mount("proc", "/proc", "proc", MS_NOSUID | MS_NOEXEC | MS_NODEV, nullptr);
}

void restoreSignals(const ProgramSetting &setting) {
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
    ::signal(signal, SIG_DFL);
  for (int signal : setting.ignoredSignals)
    ::signal(signal, SIG_IGN);
}

[[noreturn]] void becomeProgram(const ExecOptions &options,
                                const ProgramSetting &setting, Pipes pipes) {
  std::vector<std::string> words = options.arguments;
  std::vector<char *> arguments;
  for (std::string &word : words)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);

  restoreSignals(setting);
  if (options.outputToStderr)
    ::dup2(STDERR_FILENO, STDOUT_FILENO);
  becomeUser(setting);
  tell(pipes.events, {Event::Listening, filterSystemCalls()});
  char taken;
  ssize_t count = ::read(pipes.taken, &taken, 1); // exec closes the descriptor
  (void)count;
  ::execv(options.file.c_str(), arguments.data());
  tell(pipes.events, {Event::ExecFailed, errno});
  ::_exit(127);
}

std::pair<Fd, Fd> makePipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    failStep("start the program", "pipe", errno);
  return {Fd(ends[0]), Fd(ends[1])};
}

/// The first process of the namespace: starts the program, and buries whoever
/// dies. When it ends, the kernel ends all others.
[[noreturn]] void runInit(const ExecOptions &options,
                          const ProgramSetting &setting, Pipes pipes) {
  mountProc();
  pid_t program = ::fork(); // ends with the namespace, as we do
  if (program == 0)
    becomeProgram(options, setting, pipes);
  for (;;) {
    int status = 0;
    pid_t pid = ::wait(&status);
    if (pid < 0 && errno != EINTR)
      ::_exit(0); // no process is left
    if (pid == program)
      tell(pipes.events, {Event::ProgramEnded, status});
  }
}

} // namespace

SandboxedProgram::SandboxedProgram(const ExecOptions &options,
                                   const ProgramSetting &setting) {
  auto [events, toEvents] = makePipe();
  auto [fromTaken, taken] = makePipe();
  events_ = std::move(events);
  if (::unshare(CLONE_NEWPID) != 0)
    failNamespace("make a process namespace", "unshare", errno);
  init_ = forkBound();
  if (init_ < 0)
    failStep("start the program", "fork", errno);
  if (init_ == 0) {
    events_.close();
    taken.close();
    runInit(options, setting, {toEvents.get(), fromTaken.get()});
  }
  toEvents.close();

  Event event = {};
  if (::read(events_.get(), &event, sizeof(event)) != sizeof(event))
    throw EnvironmentError("start the program: its process ended early");
  if (event.value < 0)
    return;                                 // no filter is possible here
  std::vector<pid_t> program = processes(); // just the one
  Fd listener;
  if (!program.empty())
    listener = takeDescriptor(program.front(), event.value);
  if (!listener) { // without a listener, the calls that are held would fail
    int error = errno;
    end(); // before `taken` closes and lets it run into them
    failNamespace("watch the program's calls", "pidfd_getfd", error);
  }
  systemCalls_ = SystemCallListener(std::move(listener));
} // closing `taken` lets it go on

bool SandboxedProgram::readEvent() {
  Event event = {};
  ssize_t size = ::read(events_.get(), &event, sizeof(event));
  if (size < 0 && errno == EINTR)
    return true;
  if (size != sizeof(event))
    return false;
  if (event.kind == Event::ExecFailed)
    throw InputError(std::string("run the program: ") +
                     std::strerror(event.value));
  status_ = event.value;
  return true;
}

std::vector<pid_t> SandboxedProgram::processes() const {
  std::vector<pid_t> found;
  for (pid_t pid : processesInOwnNetwork())
    if (pid != init_ && pid != ::getpid())
      found.push_back(pid);
  return found;
}

void SandboxedProgram::signalAll(int signal) const {
  for (pid_t pid : processes())
    ::kill(pid, signal);
}

void SandboxedProgram::end() {
  if (init_ < 0)
    return;
  ::kill(init_, SIGKILL);
  while (::waitpid(init_, nullptr, 0) < 0 && errno == EINTR) {
  }
  init_ = -1;
}

} // namespace selfconnect::detail
