//===- reproduce.cpp - make a socket connect to itself --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce.h"

#include "demonstration.h"
#include "evidence.h"
#include "hit_batch.h"
#include "method_ports.h"
#include "sandbox/child_process.h"
#include "sandbox/interrupt.h"
#include "selfconnect/host_ports.h"
#include "trial_message.h"

#include <sys/utsname.h>

namespace selfconnect {

using namespace detail;
using Json = nlohmann::ordered_json;
using Clock = std::chrono::steady_clock;

namespace {

/// How long after its time is up the loop may take to notice.
constexpr auto grace = std::chrono::seconds(3);
constexpr const char *runTheLoop = "run the loop";

/// On the host, the ports are what the host has them to be.
void checkHostOptions(const ReproduceOptions &options) {
  std::string error;
  auto range = readHostPortRange(error);
  auto reserved = readHostReservedPorts(error);
  if (!range || !reserved)
    throw EnvironmentError(error);
  if (!(*range == options.range))
    throw InputError("the range " + options.range.str() +
                     " is not that of this host, " + range->str() +
                     "; omit --range or use --isolation=netns");
  if (reserved->str() != options.reserved.str())
    throw InputError("the reserved ports are not those of this host; omit "
                     "--reserved or use --isolation=netns");
  if (options.method == Method::Exhausted)
    throw InputError("the method exhausted would reserve ports of this host; "
                     "use --isolation=netns");
}

/// Why there is nothing to try.
std::optional<std::string> whyNotTried(const ReproduceOptions &options,
                                       const Prediction &prediction) {
  if (options.isolation == Isolation::Host)
    checkHostOptions(options);
  auto reason = whyNotSameHost(options.host, options.bindAnyPort);
  return reason ? reason : whyImpossible(options, prediction);
}

/// Reads the messages of demonstrate() until its result is there.
class Listener {
public:
  Listener(const ReproduceOptions &options, const ReproduceCallbacks &callbacks,
           ChildProcess &child)
      : isolation_(options.isolation), callbacks_(callbacks), child_(child),
        deadline_(Clock::now() + options.timeout + grace) {}

  void listen(ReproduceResult &result) {
    while (auto message = child_.await(runTheLoop, deadline_))
      if (take(*message, result))
        return;
    result.reason = "the time limit; connect() did not return";
  }

private:
  /// \returns whether this was the last message.
  bool take(const Json &message, ReproduceResult &result) {
    std::string type = message.at("type");
    if (type == "held") {
      hold(message);
      return false;
    }
    if (type == "progress") {
      result.tries = message.at("tries");
      result.seconds = message.at("seconds");
      if (callbacks_.progress)
        callbacks_.progress(result.tries, result.seconds);
      return false;
    }
    static_cast<Trial &>(result) = trialFromMessage(message);
    if (!message.at("evidence").is_null())
      result.evidence = evidenceFromJson(message.at("evidence"));
    return true;
  }

  void hold(const Json &message) {
    HeldSocket held;
    held.pid = child_.pid();
    held.fd = message.at("fd");
    held.isolation = isolation_;
    held.userNamespace = message.at("user_namespace");
    held.local = message.at("local");
    Clock::time_point before = Clock::now();
    callbacks_.hold(held);
    deadline_ += Clock::now() - before;
    child_.channel().send({{"type", "go-on"}});
  }

  Isolation isolation_;
  const ReproduceCallbacks &callbacks_;
  ChildProcess &child_;
  Clock::time_point deadline_;
};

/// A result with what is known before the run.
ReproduceResult describeRun(const ReproduceOptions &options) {
  ReproduceResult result;
  result.target = {options.host, options.port};
  result.range = options.range;
  result.rangeSource = options.rangeSource;
  result.reserved = options.reserved;
  result.socket = options.socket;
  result.method = options.method;
  result.isolation = options.isolation;
  result.reuseaddr = options.reuseaddr;
  result.bindAnyPort = options.bindAnyPort;
  result.triesPerCall = options.triesPerCall;
  result.kernel = kernelRelease();
  result.prediction = predictionOf(options);
  return result;
}

} // namespace

namespace detail {

std::uint64_t reproduceForced(const ReproduceOptions &options,
                              std::uint64_t count,
                              const std::function<void(const Json &)> &take) {
  if (whyNotTried(options, describeRun(options).prediction))
    return 0;
  ChildProcess child(
      [&](Channel &channel) { demonstrateForced(options, count, channel); });
  std::uint64_t done = 0;
  Clock::time_point deadline = Clock::now() + options.timeout + grace;
  while (auto message = child.await(runTheLoop, deadline)) {
    if (message->at("type") == "end")
      break;
    done += message->at("tries").size();
    take(*message);
    deadline = Clock::now() + options.timeout + grace;
  }
  return done;
}

} // namespace detail

void endChildrenOnInterrupt() { endOnInterrupt(); }

std::string kernelRelease() {
  utsname names = {};
  return ::uname(&names) == 0 ? names.release : "?";
}

ReproduceResult reproduce(const ReproduceOptions &asked,
                          const ReproduceCallbacks &callbacks) {
  ReproduceResult result = describeRun(asked);
  ReproduceOptions options = asked;
  options.prediction = result.prediction;
  if (auto reason = whyNotTried(options, result.prediction)) {
    result.outcome = Outcome::Impossible;
    result.reason = *reason;
    return result;
  }

  bool hold = static_cast<bool>(callbacks.hold);
  ChildProcess child(
      [&](Channel &channel) { demonstrate(options, hold, channel); });
  Listener(options, callbacks, child).listen(result);
  return result;
}

std::optional<std::string> whyNoNamespace() {
  try {
    ChildProcess child([](Channel &channel) { demonstrateNamespace(channel); });
    child.awaitResult("make a network namespace");
    return std::nullopt;
  } catch (const EnvironmentError &error) {
    return error.what();
  }
}

} // namespace selfconnect
