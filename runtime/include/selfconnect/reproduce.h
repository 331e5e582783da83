//===- reproduce.h - make a socket connect to itself ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Runs the retry loop that a finding is about, for real, until the socket
/// meets itself or a limit ends it, and collects the proof from the live
/// socket. All of it happens in a child process, by default in a network
/// namespace of its own: the machine's settings and ports are not touched.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_H
#define SELFCONNECT_REPRODUCE_H

#include "selfconnect/error.h"
#include "selfconnect/port_range.h"
#include "selfconnect/prediction.h"
#include "selfconnect/reproduce_note.h"
#include "selfconnect/reserved_ports.h"

#include <nlohmann/json_fwd.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace selfconnect {

/// How the port is made to come up as a source port.
enum class Method {
  Natural,  ///< not at all: the configured range, nothing else reserved
  Forced,   ///< every other port of the range is reserved: the first try
  Exhausted ///< the preferred half is reserved: the busy host
};
const char *methodName(Method method); ///< "natural", "forced", "exhausted"
std::optional<Method> parseMethod(std::string_view name);

/// Where the loop runs.
enum class Isolation {
  Netns, ///< a network namespace made for the run
  Host   ///< the machine's own network, its own range
};
const char *isolationName(Isolation isolation); ///< "netns", "host"
std::optional<Isolation> parseIsolation(std::string_view name);

enum class Outcome {
  SelfConnected,
  NotReproduced,    ///< a limit ended the loop
  Impossible,       ///< the method cannot get there: nothing was tried
  ConnectedToServer ///< somebody listens on the port
};
/// "self-connected", "not-reproduced", "impossible", "connected-to-server".
const char *outcomeName(Outcome outcome);

struct ReproduceOptions {
  std::string host = "127.0.0.1"; ///< numeric address without brackets, or
                                  ///< "localhost", which means 127.0.0.1
  std::uint16_t port = 0;
  PortRange range;                  ///< the configured range
  std::string rangeSource = "host"; ///< what the user called it
  ReservedPorts reserved;           ///< the configured reserved ports
  SocketMode socket = SocketMode::New;
  Method method = Method::Natural;
  Isolation isolation = Isolation::Netns;
  bool reuseaddr = false; ///< SO_REUSEADDR on each socket
  bool bindAnyPort =
      false; ///< bind() to port 0 of the destination's address first
  /// The loop gives up after so many tries and is restarted, like a function
  /// that is called again.
  std::optional<std::uint64_t> triesPerCall;
  /// What the prediction is based on; see calibrateKernel().
  KernelClass kernelClass = KernelClass::E;
  /// The result of predict() for these options, if it is already known;
  /// otherwise the run calls it. Clear it when the options change.
  std::optional<Prediction> prediction;
  /// Put the kernel's walk to a random place first, as an unrelated process
  /// would find it. A loop that starts where the last one met itself cannot do
  /// so within the first turn of the walk. Isolation::Netns only.
  bool randomStart = false;
  /// Collect the evidence and show what a server can do. Otherwise only check
  /// that both ends are the same.
  bool prove = true;
  /// Default: the tries after which the model leaves a miss probability of
  /// 1e-6.
  std::optional<std::uint64_t> maxTries;
  std::chrono::milliseconds timeout{60000};
};

/// What the live socket showed. The server_* fields hold "ok" or the name of
/// the errno with which bind() or listen() on the port failed; they are empty
/// where that could not be tried.
struct Evidence {
  std::string local; ///< getsockname: "127.0.0.1:33334"
  std::string peer;  ///< getpeername
  std::string tcpState;
  std::string procNetTcp; ///< the socket's line of /proc/net/tcp or tcp6
  bool echo = false;      ///< what was written came back
  /// A server without and with SO_REUSEADDR: while the socket is open, after a
  /// plain close(), after a reset.
  std::string serverBind;
  std::string serverBindReuseaddr;
  std::string serverBindAfterClose;
  std::string serverBindAfterCloseReuseaddr;
  std::string serverBindAfterReset;
  std::string serverBindAfterResetReuseaddr;
};

/// What the kernel counted while the loop ran, in its own network namespace
/// (the Tcp lines of /proc/net/snmp).
struct Counters {
  std::int64_t activeOpens = 0;  ///< connections opened: SYNs of the loop
  std::int64_t attemptFails = 0; ///< of which failed
  std::int64_t passiveOpens = 0; ///< connections accepted
  std::int64_t established = 0;  ///< connections now open
};

/// The result of a loop.
struct Trial {
  Outcome outcome = Outcome::NotReproduced;
  std::string reason; ///< one line; why the outcome is what it is
  std::uint64_t tries = 0;
  /// Of these, the tries for which no source port was free.
  std::uint64_t triesWithoutPort = 0;
  double seconds = 0; ///< of the loop alone
  /// The sockets were told to draw from the port alone (IP_LOCAL_PORT_RANGE),
  /// since no port may be reserved here: Method::Forced on the host, or where
  /// /proc/sys is read-only.
  bool narrowed = false;
  std::optional<Counters> counters; ///< with Isolation::Netns

  /// Whether the kernel counted what the loop counted: each try opened a
  /// connection, all but the last failed, none was accepted.
  [[nodiscard]] bool audited() const;
  [[nodiscard]] double triesPerSecond() const {
    return seconds > 0 ? static_cast<double>(tries) / seconds : 0;
  }
};

/// Where a loop that is restarted after so many tries has ended: at try
/// `tryOfCall` of call `calls`.
struct CallCount {
  std::uint64_t calls = 0;
  std::uint64_t tryOfCall = 0;

  CallCount(std::uint64_t tries, std::uint64_t triesPerCall)
      : calls((tries + triesPerCall - 1) / triesPerCall),
        tryOfCall(calls == 0 ? 0 : tries - (calls - 1) * triesPerCall) {}
  /// "try 3 of call 1794"
  [[nodiscard]] std::string str() const;
};

struct ReproduceResult : Trial {
  Target target;
  PortRange range;
  std::string rangeSource;
  ReservedPorts reserved;
  SocketMode socket = SocketMode::New;
  Method method = Method::Natural;
  Isolation isolation = Isolation::Netns;
  bool reuseaddr = false;
  bool bindAnyPort = false;
  std::optional<std::uint64_t> triesPerCall;
  std::string kernel; ///< "6.1.0-18-amd64"
  Prediction prediction;
  std::optional<Evidence> evidence; ///< if outcome is SelfConnected
};

/// The self-connected socket, kept open for a look at it from outside.
struct HeldSocket {
  pid_t pid = 0; ///< the process that has it
  int fd = -1;
  Isolation isolation = Isolation::Netns;
  bool userNamespace = false; ///< besides the network namespace
  std::string local;          ///< "127.0.0.1:33334"
};

struct ReproduceCallbacks {
  /// Called some ten times a second with the tries so far.
  std::function<void(std::uint64_t tries, double seconds)> progress;
  /// Called when more of many trials are through.
  std::function<void(std::uint64_t trials)> trialsDone;
  /// If set, the self-connected socket stays open until this returns.
  std::function<void(const HeldSocket &)> hold;
};

/// Runs the loop. Throws EnvironmentError or InputError. It forks: call it
/// while the process has one thread.
ReproduceResult reproduce(const ReproduceOptions &options,
                          const ReproduceCallbacks &callbacks = {});

/// Runs it `count` times, in `jobs` processes at a time, without evidence. The
/// trials are in the order in which they ended. Loops to one target share the
/// kernel's walk. Those of Method::Forced share a network namespace.
std::vector<Trial> reproduceOften(const ReproduceOptions &options,
                                  std::uint64_t count, std::uint64_t jobs,
                                  const ReproduceCallbacks &callbacks = {});

/// Makes SIGINT, SIGTERM and SIGHUP end the process with exit code 128 + signal
/// after its children of reproduce() have been killed and reaped. For main().
void endChildrenOnInterrupt();

/// Why a socket that connects to `host` cannot be given `host` as its own
/// address, in one line, or nothing if it can. `boundToIt`: the client binds
/// that address itself, as it has to where the route chooses another one
/// (127.0.0.2). Throws InputError for a name other than "localhost": names are
/// not looked up.
std::optional<std::string> whyNotSameHost(const std::string &host,
                                          bool boundToIt = false);

/// Why this environment does not permit Isolation::Netns, in one line, or
/// nothing if it does. Found out by making a namespace.
std::optional<std::string> whyNoNamespace();

/// "6.1.0-18-amd64"
std::string kernelRelease();

struct Calibration {
  std::optional<KernelClass> kernelClass; ///< nothing: fits none, or failed
  Isolation isolation = Isolation::Netns; ///< where the tries were made
  std::map<int, unsigned> strides; ///< in ports; how often each was taken
  std::string failure;             ///< why there are none, in one line
};

/// Tells the kernel's class by a few refused connections, in a namespace or
/// else on the loopback of this machine, to a port that it holds meanwhile.
Calibration calibrateKernel();

/// How a loop with these options has its source ports drawn.
Drawing drawingOf(const ReproduceOptions &options);

/// What predict() says of a loop with these options.
Prediction predictionOf(const ReproduceOptions &options);

/// Whether the kernel has the socket option IP_LOCAL_PORT_RANGE (6.3), which
/// Method::Forced needs with Isolation::Host.
bool hasPortRangeOption();

/// The JSON of `selfconnect reproduce --json`, and its parts.
nlohmann::ordered_json toJson(const ReproduceResult &result);
nlohmann::ordered_json toJson(const Evidence &evidence);
nlohmann::ordered_json toJson(const Counters &counters);
nlohmann::ordered_json toJson(const Prediction &prediction);
nlohmann::ordered_json toJson(const PortRange &range,
                              const std::string &source);
nlohmann::ordered_json toJson(const ReservedPorts &reserved);

/// The report for people: several lines, each ended.
std::string toText(const ReproduceResult &result);

} // namespace selfconnect

#endif // SELFCONNECT_REPRODUCE_H
