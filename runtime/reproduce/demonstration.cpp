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
#include "hit_batch.h"
#include "method_ports.h"
#include "port_range_option.h"
#include "sandbox/network_namespace.h"
#include "sandbox/port_sysctls.h"
#include "sandbox/step.h"
#include "sandbox/tcp_socket.h"
#include "trial_message.h"
#include "walk_start.h"

#include <cerrno>
#include <cmath>

namespace selfconnect::detail {
namespace {

/// A miss of every try by then has a probability of one in a million.
constexpr double missProbability = 1e-6;

SocketAddress targetOf(const ReproduceOptions &options) {
  auto target = SocketAddress::parse(options.host, options.port);
  if (!target)
    throw InputError("host '" + options.host + "' is not an address");
  return *target;
}

SocketAddress localOf(const Fd &socket) {
  auto local = SocketAddress::localOf(socket.get());
  if (!local)
    failStep("read the socket's own address", "getsockname", errno);
  return *local;
}

/// With one turn more the walk may start anywhere, right behind the port too,
/// as it does after an earlier run.
std::uint64_t limitFrom(const TriesModel &tries) {
  return tries.triesForMiss(missProbability) +
         static_cast<std::uint64_t>(std::ceil(tries.turn()));
}

/// The tries after which the loop gives up.
std::uint64_t limitOf(const ReproduceOptions &options) {
  Drawing drawing = drawingOf(options);
  const Prediction prediction = predictionOf(options);
  if (prediction.possible == Drawable::Yes)
    return limitFrom(prediction.tries);
  TriesModel tries =
      drawing.source == SourcePort::Unbound
          ? TriesModel(prediction.candidates, drawing.kernelClass)
          : TriesModel::independent(1.0 / prediction.candidates);
  return limitFrom(tries);
}

/// Where the loop runs.
struct Network {
  bool own = false;           ///< a namespace made for the run
  bool userNamespace = false; ///< and a user namespace for its sake
  bool narrowed = false;      ///< each socket has the port alone to draw from
};

/// What reserving all ports but one comes to, where nothing may be reserved:
/// each socket is told to draw from the one. Works inside the range only.
bool canNarrow(const ReproduceOptions &options) {
  return options.method == Method::Forced && hasPortRangeOption() &&
         currentRange().contains(options.port);
}

/// A network of its own as it is configured, but for what the method reserves.
Network enterOwnNetwork(const ReproduceOptions &options) {
  Network network = {true, enterNetworkNamespace(), false};
  raiseLoopback();
  // The rest of 127/8 is there already, and is to keep 127.0.0.1 as its source.
  if (SocketAddress target = targetOf(options);
      !target.isLoopbackOrAny() && whyNotSameHost(options.host, true))
    addToLoopback(target);
  if (options.randomStart && options.method != Method::Forced &&
      drawingOf(options).source == SourcePort::Unbound)
    startAnywhere(options);
  try {
    writePortSysctls(options.range, reservedForMethod(options));
  } catch (const SettingsReadOnly &) {
    network.narrowed = canNarrow(options);
    if (!network.narrowed)
      throw;
  }
  return network;
}

Network enterNetwork(const ReproduceOptions &options) {
  if (options.isolation == Isolation::Host) // no port is ours here
    return {false, false, options.method == Method::Forced};
  const std::string orHost = ", or give --isolation=host";
  try {
    return enterOwnNetwork(options);
  } catch (const NamespaceRefused &refused) {
    throw EnvironmentError(refused.what() + orHost);
  } catch (const SettingsReadOnly &refused) {
    throw EnvironmentError(refused.what() + orHost);
  }
}

void setReuseaddr(int fd) {
  int on = 1;
  if (::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) != 0)
    failStep("prepare the socket", "SO_REUSEADDR", errno);
}

/// As a client does that is told its source address.
void bindAnyPort(int fd, const SocketAddress &source) {
  if (::bind(fd, source.data(), source.length()) != 0)
    failStep("bind the socket to any port", source.str(), errno);
}

/// What is done to each socket of the loop before it connects.
std::function<void(int)> preparationOf(const ReproduceOptions &options,
                                       const Network &network) {
  bool host = !network.own;
  bool narrow = network.narrowed;
  if (!host && !narrow && !options.reuseaddr && !options.bindAnyPort)
    return nullptr;
  SocketAddress source = *SocketAddress::parse(options.host, 0);
  return [=](int fd) {
    // By whatever way we end: a plain close() would block a port of this
    // machine for a minute.
    if (host)
      resetOnClose(fd);
    if (narrow && !narrowSocketTo(fd, options.port))
      failStep("narrow the socket's port range", "IP_LOCAL_PORT_RANGE", errno,
               "this needs Linux 6.3; use --isolation=netns");
    if (options.reuseaddr)
      setReuseaddr(fd);
    if (options.bindAnyPort)
      bindAnyPort(fd, source);
  };
}

AttemptPlan planOf(const ReproduceOptions &options, const Network &network,
                   Channel &channel) {
  AttemptPlan plan;
  plan.target = targetOf(options);
  plan.mode = options.socket;
  plan.triesPerCall = options.triesPerCall;
  plan.timeout = options.timeout;
  plan.maxTries = options.maxTries.value_or(limitOf(options));
  plan.progress = [&channel](std::uint64_t tries, double seconds) {
    channel.send(
        {{"type", "progress"}, {"tries", tries}, {"seconds", seconds}});
  };
  plan.prepare = preparationOf(options, network);
  return plan;
}

/// After a reset the server gets the port. It takes a self-connect of its own
/// to show it, in a fresh network: a plain close() has left the first one's
/// port in TIME_WAIT.
void showReset(ReproduceOptions options, Channel &channel, Evidence &evidence) {
  options.method = Method::Forced;
  options.randomStart = false;
  options.maxTries.reset();
  Network network;
  try {
    network = enterNetwork(options);
  } catch (const EnvironmentError &) {
    return; // a second namespace may be one too many; then it stays untried
  }
  AttemptPlan plan = planOf(options, network, channel);
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
  Network network = enterNetwork(options);
  AttemptPlan plan = planOf(options, network, channel);
  auto before = network.own ? readCounters() : std::nullopt;
  AttemptResult attempts = runAttempts(plan);
  auto after = network.own ? readCounters() : std::nullopt;

  Trial trial;
  trial.tries = attempts.tries;
  trial.triesWithoutPort = attempts.triesWithoutPort;
  trial.seconds = attempts.seconds;
  trial.narrowed = network.narrowed;
  if (before && after)
    trial.counters = countedSince(*before, *after);
  nlohmann::ordered_json evidence;
  switch (attempts.end) {
  case AttemptResult::End::OutOfTries:
    trial.reason = "the limit of " + std::to_string(plan.maxTries) + " tries";
    break;
  case AttemptResult::End::OutOfTime:
    trial.reason = "the time limit";
    break;
  case AttemptResult::End::Connected:
    if (!isSelfConnected(attempts.socket.get())) {
      trial.outcome = Outcome::ConnectedToServer;
      trial.reason = "a server listens on " + plan.target.str();
      break;
    }
    trial.outcome = Outcome::SelfConnected;
    trial.reason = selfConnectedReason;
    evidence =
        prove(options, hold, network.userNamespace, attempts.socket, channel);
    break;
  }
  nlohmann::ordered_json message = toMessage(trial);
  message["evidence"] = evidence;
  channel.send(message);
}

void demonstrateForced(ReproduceOptions options, std::uint64_t count,
                       Channel &channel) {
  // To pass over all the reserved ports takes longer than to connect.
  options.range = {options.port, options.port};
  options.prediction.reset();
  Network network = enterNetwork(options);
  AttemptPlan plan = planOf(options, network, channel);
  plan.progress = nullptr;
  HitBatch batch(network.own, network.narrowed, channel);
  for (; count > 0; --count) {
    AttemptResult attempts = runAttempts(plan);
    if (attempts.end != AttemptResult::End::Connected ||
        !isSelfConnected(attempts.socket.get()))
      break;
    batch.add(attempts);
    resetSocket(attempts.socket);
  }
  batch.send();
  channel.send({{"type", "end"}});
}

void demonstrateNamespace(Channel &channel) {
  enterNetworkNamespace();
  raiseLoopback();
  // Not the kernel's default, so that it must be written.
  writePortSysctls({40000, 40001}, {});
  channel.send({{"type", "result"}});
}

} // namespace selfconnect::detail
