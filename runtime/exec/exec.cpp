//===- exec.cpp - a program of the user, where no server is ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "exec.h"

#include "belief.h"
#include "late_server.h"
#include "observer.h"
#include "reproduce/audit.h"
#include "run_report.h"
#include "sandbox/child_process.h"
#include "sandbox/interrupt.h"
#include "sandbox/network_namespace.h"
#include "sandbox/port_sysctls.h"
#include "sandbox/tcp_socket.h"
#include "sandboxed_program.h"

#include "selfconnect/error.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <iterator>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

namespace selfconnect {

using namespace detail;

namespace {

/// How often the sockets are looked at, besides at each system call of
/// interest.
constexpr int lookEveryMilliseconds = 10;
/// For a program to end by itself, once it is asked to.
constexpr double secondsToEnd = 0.5;

/// The range begins with `port`, so that connect() prefers the ports with its
/// parity. All of these but `port` itself are reserved: each connect() draws
/// it, and only when it is in use one of the other half. That half is also what
/// bind() to port 0 prefers: servers of the program's own do not get in the
/// way.
void writePorts(std::uint16_t port) {
  constexpr unsigned others = 999; // odd: of an odd number of ports, the walk
  constexpr unsigned last = 65535; // leaves the first out when it wraps around
  unsigned high = std::min(port + others, last);
  if (high > port && (high - port) % 2 == 0)
    --high;
  ReservedPorts reserved;
  for (unsigned each = port + 2U; each <= high; each += 2)
    reserved.add(
        {static_cast<std::uint16_t>(each), static_cast<std::uint16_t>(each)});
  writePortSysctls({port, static_cast<std::uint16_t>(high)}, reserved);
}

/// SIGINT and so on as our parent left them to us, before we handle them.
std::vector<int> ignoredSignals() {
  std::vector<int> ignored;
  for (int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) {
    struct sigaction action = {};
    if (::sigaction(signal, nullptr, &action) == 0 &&
        action.sa_handler == SIG_IGN)
      ignored.push_back(signal);
  }
  return ignored;
}

/// The run, inside the network of its own.
class Run {
public:
  Run(const ExecOptions &options, const ProgramSetting &setting,
      HostAddresses addresses, const Channel &channel)
      : options_(options), channel_(channel),
        observer_(options.port, std::move(addresses)), server_(options.port),
        program_(options, setting),
        callsTold_(program_.systemCalls().get() >= 0) {}

  ExecResult run() {
    while (!ended_ && !interrupted_ &&
           observer_.now() < options_.timeout.count())
      step(/*observe=*/true);
    RunReport report;
    report.seconds = observer_.now();
    report.interrupted = interrupted_ && !ended_;
    report.timedOut = !ended_ && !interrupted_;
    report.callsTold = callsTold_;
    if (ended_) {
      report.counters = readCounters();
      observer_.look();
      observer_.tryPortOfFinished();
      observer_.endWatch();
      report.status = program_.status();
    } else {
      stopProgram(report);
    }
    report.listenAfter = tryPort();
    report.server = options_.serveAfter ? &server_ : nullptr;
    return reportRun(options_, observer_, report);
  }

private:
  /// Waits a little for what happens, and takes it in.
  void step(bool observe) {
    int calls = program_.systemCalls().get();
    std::vector<pollfd> waits = {
        {program_.eventFd(), POLLIN, 0},
        {calls, POLLIN, 0},
        {interrupted_ ? -1 : channel_.fd(), POLLIN, 0}};
    server_.addTo(waits);
    ::poll(waits.data(), waits.size(), lookEveryMilliseconds);
    if (waits[1].revents & POLLIN)
      takeSystemCall(observe);
    if (waits[0].revents != 0)
      ended_ = !program_.readEvent();
    if (waits[2].revents != 0) // whatever it says: we are to come to an end
      interrupted_ = true;
    if (waits[1].revents & POLLHUP) // no process is left to be held
      program_.systemCalls() = SystemCallListener(Fd());
    if (!observe)
      return;
    if (observer_.now() >= nextLook_) {
      observer_.look();
      nextLook_ = observer_.now() + lookEveryMilliseconds / 1e3;
      if (options_.serveAfter &&
          observer_.now() >= options_.serveAfter->count()) {
        observer_.leavePortAlone();
        server_.tryToStart(observer_.now());
      }
    }
    server_.serve();
  }

  void takeSystemCall(bool observe) {
    auto call = program_.systemCalls().receive();
    if (!call)
      return;
    if (observe)
      observer_.take(*call);
    program_.systemCalls().letGo();
  }

  /// At the time limit: the state of things while all stand still, then the
  /// end, politely first.
  void stopProgram(RunReport &report) {
    double latest = observer_.now() + 2 * timeToNotice;
    while (!ended_ && isUndecided(latest))
      step(/*observe=*/true);
    for (;;) {
      program_.signalAll(SIGSTOP);
      report.listenDuring = tryPort();
      report.counters = readCounters();
      observer_.look(); // after these: what was in the way or counted is seen
      if (ended_ || !isUndecided(latest))
        break;
      program_.signalAll(SIGCONT);
      step(/*observe=*/true);
    }
    observer_.tryPortOfFinished();
    report.status = program_.status();
    observer_.endWatch();
    program_.signalAll(SIGTERM);
    program_.signalAll(SIGCONT);
    double end = observer_.now() + secondsToEnd;
    while (!ended_ && observer_.now() < end)
      step(/*observe=*/false);
    program_.end();
  }

  /// Whether to give the program a little longer: to stop it between connect()
  /// and its look at the socket would do it wrong.
  [[nodiscard]] bool isUndecided(double latest) const {
    return observer_.isUndecided() && observer_.now() < latest;
  }

  /// Whether a server could have the port now, on the address of the last
  /// socket that met itself. With a server of ours there, it is not asked.
  std::string tryPort() {
    if (options_.serveAfter)
      return "";
    auto sockets = observer_.sockets();
    std::string host = sockets.empty() ? "127.0.0.1" : sockets.back().host;
    auto address = SocketAddress::parse(host, options_.port);
    return address ? tryServer(*address, /*reuseaddr=*/true) : "";
  }

  const ExecOptions &options_;
  const Channel &channel_;
  Observer observer_;
  LateServer server_;
  SandboxedProgram program_;
  double nextLook_ = 0;
  bool callsTold_;
  bool ended_ = false;
  bool interrupted_ = false;
};

/// Waits for the run's result. The first SIGINT, SIGTERM or SIGHUP asks for
/// what was seen so far; a second one ends all at once, as ever.
ExecResult awaitRun(ChildProcess &child) {
  std::optional<int> signal;
  {
    SignalsHeld held;
    Fd signals(::signalfd(-1, &held.signals(), SFD_CLOEXEC | SFD_NONBLOCK));
    pollfd waits[] = {{child.channel().fd(), POLLIN, 0},
                      {signals.get(), POLLIN, 0}};
    while (::poll(waits, std::size(waits), -1) < 0 && errno == EINTR) {
    }
    // A signal that ended the program as well counts, too: its end may be told first.
    signalfd_siginfo what = {};
    if (::read(signals.get(), &what, sizeof(what)) == sizeof(what)) {
      signal = static_cast<int>(what.ssi_signo);
      if (waits[0].revents == 0)
        child.channel().send({{"type", "end"}});
    }
  }
  ExecResult result =
      execResultFrom(child.awaitResult("run the program").at("result"));
  result.interruptedBy = signal;
  return result;
}

} // namespace

ExecResult exec(const ExecOptions &options) {
  ProgramSetting setting;
  setting.user = ::geteuid();
  setting.group = ::getegid();
  setting.ignoredSignals = ignoredSignals();
  HostAddresses addresses = readHostAddresses();
  ChildProcess child([&](Channel &channel) {
    setting.userNamespace = enterNetworkNamespace();
    raiseLoopback();
    takeAlong(addresses);
    writePorts(options.port);
    Run run(options, setting, addresses, channel);
    channel.send({{"type", "result"}, {"result", toJson(run.run())}});
  });
  ExecResult result = awaitRun(child);
  result.program = options.arguments; // may be long, and any bytes
  return result;
}

} // namespace selfconnect
