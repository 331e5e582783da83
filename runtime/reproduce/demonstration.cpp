//===- demonstration.cpp - the part of a run that happens in the child ----===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "demonstration.h"

#include "attempt_loop.h"
#include "audit.h"
#include "evidence.h"
#include "method_ports.h"
#include "network_namespace.h"
#include "port_range_option.h"
#include "port_sysctls.h"
#include "step.h"
#include "walk_start.h"

#include <cerrno>

namespace selfconnect::detail {
namespace {

/// A miss of every try by then has a probability of one in a million.
constexpr double missProbability = 1e-6;

SocketAddress targetOf(const ReproduceOptions &options) {
  auto target = SocketAddress::parse(options.host, options.port);
  if (!target)
    throw InputError("host '" + options.host + "' is no address");
  return *target;
}

SocketAddress localOf(const Fd &socket) {
  auto local = SocketAddress::localOf(socket.get());
  if (!local)
    failStep("read the socket's own address", "getsockname", errno);
  return *local;
}

/// The tries after which the loop gives up.
std::uint64_t limitOf(const ReproduceOptions &options) {
  Drawing drawing = drawingOf(options);
  Prediction prediction =
      predict(options.port, options.range, options.reserved, drawing);
  if (prediction.possible == Drawable::Yes)
    return prediction.tries.triesForMiss(missProbability);
  TriesModel tries =
      drawing.source == SourcePort::Unbound
          ? TriesModel(prediction.candidates, drawing.kernelClass)
          : TriesModel::independent(1.0 / prediction.candidates);
  return tries.triesForMiss(missProbability);
}

/// A network as it is configured, but for what the method reserves.
bool enterNetwork(const ReproduceOptions &options) {
  bool userNamespace = enterNetworkNamespace();
  raiseLoopback();
  if (SocketAddress target = targetOf(options); !target.isLoopbackOrAny())
    addToLoopback(target);
  if (options.randomStart && options.method != Method::Forced &&
      drawingOf(options).source == SourcePort::Unbound)
    startAnywhere(options);
  writePortSysctls(options.range, reservedForMethod(options));
  return userNamespace;
}

void setReuseaddr(int fd) {
  int on = 1;
  if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0)
    failStep("prepare the socket", "SO_REUSEADDR", errno);
}

/// As a client does that is told to use any local address and port.
void bindAnyPort(int fd, int family) {
  auto any = SocketAddress::parse(family == AF_INET6 ? "::" : "0.0.0.0", 0);
  if (::bind(fd, any->data(), any->length()) != 0)
    failStep("bind the socket to any port", any->str(), errno);
}

/// What is done to each socket of the loop before it connects.
std::function<void(int)> preparationOf(const ReproduceOptions &options) {
  // On the host there are no ports of ours to reserve.
  bool host = options.isolation == Isolation::Host;
  bool narrow = host && options.method == Method::Forced;
  if (!host && !options.reuseaddr && !options.bindAnyPort)
    return nullptr;
  int family = targetOf(options).family();
  return [=](int fd) {
    // By whatever way we end: a plain close() would block a port of this
    // machine for a minute.
    if (host)
      resetOnClose(fd);
    if (narrow && !narrowSocketTo(fd, options.port))
      failStep("narrow the socket's port range", "IP_LOCAL_PORT_RANGE", errno,
               "it takes Linux 6.3; use --isolation=netns");
    if (options.reuseaddr)
      setReuseaddr(fd);
    if (options.bindAnyPort)
      bindAnyPort(fd, family);
  };
}

AttemptPlan planOf(const ReproduceOptions &options, Channel &channel) {
  AttemptPlan plan;
  plan.target = targetOf(options);
  plan.mode = options.socket;
  plan.timeout = options.timeout;
  plan.maxTries = options.maxTries.value_or(limitOf(options));
  plan.progress = [&channel](std::uint64_t tries, double seconds) {
    channel.send(
        {{"type", "progress"}, {"tries", tries}, {"seconds", seconds}});
  };
  plan.prepare = preparationOf(options);
  return plan;
}

/// After a reset the server gets the port. It takes a self-connect of its own
/// to show it, in a fresh network: a plain close() has left the first one's
/// port in TIME_WAIT.
void showReset(ReproduceOptions options, Channel &channel, Evidence &evidence) {
  options.method = Method::Forced;
  options.randomStart = false;
  options.maxTries.reset();
  try {
    enterNetwork(options);
  } catch (const EnvironmentError &) {
    return; // a second namespace may be one too many; then it stays untried
  }
  AttemptPlan plan = planOf(options, channel);
  plan.progress = nullptr;
  AttemptResult again = runAttempts(plan);
  if (again.end != AttemptResult::End::Connected ||
      !isSelfConnected(again.socket.get()))
    return;
  SocketAddress local = localOf(again.socket);
  resetSocket(again.socket);
  evidence.serverBindAfterReset = tryServer(local, false);
  evidence.serverBindAfterResetReuseaddr = tryServer(local, true);
}

/// What a server can do after each way of closing the socket.
void showClosing(const ReproduceOptions &options, Channel &channel, Fd &socket,
                 Evidence &evidence) {
  SocketAddress local = localOf(socket);
  if (options.isolation == Isolation::Host) {
    resetSocket(socket);
    evidence.serverBindAfterReset = tryServer(local, false);
    evidence.serverBindAfterResetReuseaddr = tryServer(local, true);
    return;
  }
  socket.close();
  evidence.serverBindAfterClose = tryServer(local, false);
  evidence.serverBindAfterCloseReuseaddr = tryServer(local, true);
  showReset(options, channel, evidence);
}

void holdSocket(const Fd &socket, bool userNamespace, const Evidence &evidence,
                Channel &channel) {
  channel.send({{"type", "held"},
                {"fd", socket.get()},
                {"user_namespace", userNamespace},
                {"local", evidence.local}});
  nlohmann::ordered_json goOn;
  while (channel.receive(goOn, std::nullopt) == Channel::Status::TimedOut) {
  }
}

/// The evidence; null if none is asked for.
nlohmann::ordered_json prove(const ReproduceOptions &options, bool hold,
                             bool userNamespace, Fd &socket, Channel &channel) {
  if (!options.prove && !hold) {
    resetSocket(socket);
    return nullptr;
  }
  Evidence evidence = inspect(socket.get());
  if (hold)
    holdSocket(socket, userNamespace, evidence, channel);
  showClosing(options, channel, socket, evidence);
  return toJson(evidence);
}

} // namespace

void demonstrate(const ReproduceOptions &options, bool hold, Channel &channel) {
  bool netns = options.isolation == Isolation::Netns;
  bool userNamespace = netns && enterNetwork(options);
  AttemptPlan plan = planOf(options, channel);
  auto before = netns ? readCounters() : std::nullopt;
  AttemptResult attempts = runAttempts(plan);
  auto after = netns ? readCounters() : std::nullopt;

  Outcome outcome = Outcome::NotReproduced;
  std::string reason;
  nlohmann::ordered_json evidenceJson;
  switch (attempts.end) {
  case AttemptResult::End::OutOfTries:
    reason = "the limit of " + std::to_string(plan.maxTries) + " tries";
    break;
  case AttemptResult::End::OutOfTime:
    reason = "the time limit";
    break;
  case AttemptResult::End::Connected:
    if (!isSelfConnected(attempts.socket.get())) {
      outcome = Outcome::ConnectedToServer;
      reason = "a server listens on " + plan.target.str();
      break;
    }
    outcome = Outcome::SelfConnected;
    reason = "the local and the remote endpoint of the socket are the same";
    evidenceJson =
        prove(options, hold, userNamespace, attempts.socket, channel);
    break;
  }
  nlohmann::ordered_json counters;
  if (before && after)
    counters = toJson(countedSince(*before, *after));
  channel.send({{"type", "result"},
                {"outcome", outcomeName(outcome)},
                {"reason", reason},
                {"tries", attempts.tries},
                {"tries_without_port", attempts.triesWithoutPort},
                {"seconds", attempts.seconds},
                {"counters", counters},
                {"evidence", evidenceJson}});
}

void demonstrateNamespace(Channel &channel) {
  enterNetworkNamespace();
  raiseLoopback();
  // Not the kernel's default, so that it must be written.
  writePortSysctls({40000, 40001}, {});
  channel.send({{"type", "result"}});
}

} // namespace selfconnect::detail
