//===- explain.cpp - the conditions of a self-connect, shown --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/explain.h"

#include "sandbox/child_process.h"
#include "sandbox/network_namespace.h"
#include "sandbox/port_sysctls.h"
#include "selfconnect/prediction.h"
#include "selfconnect/reproduce.h"
#include "stage.h"

#include <fmt/format.h>

#include <algorithm>

namespace selfconnect {

using namespace detail;
using Json = nlohmann::ordered_json;

namespace {

const std::string loopback = "127.0.0.1";

/// Plays the cases and tells of each. Each has a port of its own, so that what
/// one leaves behind is nothing to the next.
class Play {
public:
  Play(KernelClass kernelClass, Channel &channel)
      : kernelClass_(kernelClass), channel_(channel) {}

  void run() {
    enterNetworkNamespace();
    raiseLoopback();
    bool ipv6 = hasIpv6();
    playAddresses(ipv6);
    playPorts();
    playServers(ipv6);
    channel_.send({{"type", "result"}, {"ipv6", ipv6}});
  }

private:
  static bool hasIpv6() {
    Fd fd(::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
    SocketAddress any = at("::1", 0);
    return fd && ::bind(fd.get(), any.data(), any.length()) == 0;
  }

  /// An even port, with room for neighbours.
  unsigned nextPort() { return port_ += 10; }

  /// The only port that connect() can draw.
  static void drawOnly(unsigned port) {
    writePortSysctls(ports(port, port), {});
  }

  void tell(const char *condition, const std::string &what, bool expected,
            const Happening &happening) {
    channel_.send({{"type", "case"},
                   {"condition", condition},
                   {"case", what},
                   {"expected", expected},
                   {"happened", happening.selfConnected},
                   {"detail", happening.detail}});
  }

  // --- the source address is the destination --------------------------------

  void playAddress(const std::string &host, const std::string &remark,
                   bool expected) {
    unsigned port = nextPort();
    drawOnly(port);
    tell("address", remark.empty() ? host : host + ", " + remark, expected,
         tryToMeet(at(host, port)));
  }

  void playBoundAddress(const std::string &host) {
    unsigned port = nextPort();
    drawOnly(port);
    SocketAddress source = at(host, 0);
    tell("address", host + ", from a socket bound to " + host, true,
         tryToMeet(at(host, port), &source));
  }

  void playAddresses(bool ipv6) {
    playAddress("127.0.0.1", "", true);
    playAddress("0.0.0.0", "which stands for 127.0.0.1", true);
    playAddress("127.0.0.2", "where the source is 127.0.0.1", false);

    playBoundAddress("127.0.0.2");

    addToLoopback(at("192.0.2.1", 0));
    playAddress("192.0.2.1", "an address of this host", true);
    addSubnetToLoopback(at("198.51.100.1", 0), at("198.51.100.2", 0));
    playAddress("198.51.100.1", "the first address of a subnet", true);
    playAddress("198.51.100.2", "the second of it, secondary", false);
    playBoundAddress("198.51.100.2");
    if (!ipv6)
      return;
    playAddress("::1", "", true);
    playAddress("::", "which stands for ::1", true);
    playAddress("::ffff:127.0.0.1", "", true);
    playAddress("::ffff:127.0.0.2", "where the source is ::ffff:127.0.0.1",
                false);
    addToLoopback(at("2001:db8::1", 0));
    playAddress("2001:db8::1", "an address of this host", true);
  }

  // --- the source port can be the destination's -----------------------------

  void playPorts() {
    unsigned port = nextPort();
    drawOnly(port);
    tell("port", "the only port of the range", true,
         tryToMeet(at(loopback, port)));

    port = nextPort();
    drawOnly(port + 2);
    tell("port", "outside the range", false, tryToMeet(at(loopback, port)));

    port = nextPort();
    drawOnly(port + 2);
    SocketAddress source = at(loopback, port);
    tell("port", "outside the range, and the client binds it", true,
         tryToMeet(at(loopback, port), &source));

    port = nextPort();
    ReservedPorts reserved;
    reserved.add(ports(port, port));
    writePortSysctls(ports(port, port), reserved);
    tell("port", "reserved", false, tryToMeet(at(loopback, port)));

    port = nextPort() + 1;
    PortRange both = ports(port - 1, port);
    writePortSysctls(both, {});
    bool drawn =
        predict(port, both, {}, {kernelClass_}).possible == Drawable::Yes;
    tell("port", "in the other half of the range", drawn,
         tryToMeet(at(loopback, port)));

    port = nextPort() + 1;
    writePortSysctls(ports(port - 1, port), {});
    Fd taken = bindTo(at(loopback, port - 1));
    tell("port", "in the other half, the preferred half in use", true,
         tryToMeet(at(loopback, port)));
  }

  // --- nobody else has the port ---------------------------------------------

  void playServers(bool ipv6) {
    playListeners(ipv6);
    playKilled();
    playHolders();
  }

  void playListeners(bool ipv6) {
    unsigned port = nextPort();
    writePortSysctls(ports(port, port + 1), {});
    Fd server = listenOn(at(loopback, port));
    tell("server", "listens", false, tryToMeet(at(loopback, port)));

    port = nextPort();
    drawOnly(port);
    Fd elsewhere = listenOn(at("127.0.0.2", port));
    tell("server", "listens on another address, 127.0.0.2", false,
         tryToMeet(at(loopback, port)));

    if (ipv6) {
      port = nextPort();
      drawOnly(port);
      Fd other = listenOn(at("::1", port));
      tell("server", "listens on another address, ::1", false,
           tryToMeet(at(loopback, port)));
    }

    port = nextPort();
    drawOnly(port);
    Fd bound = bindTo(at(loopback, port));
    tell("server", "has bound the port and does not listen yet", false,
         tryToMeet(at(loopback, port)));
  }

  void playKilled() {
    unsigned port = nextPort();
    std::vector<Fd> held;
    held.push_back(listenOn(at(loopback, port)));
    killHolderOf(std::move(held));
    drawOnly(port);
    tell("server", "killed, without connections", true,
         tryToMeet(at(loopback, port)));

    playKilledWithConnection(false);
    playKilledWithConnection(true);

    port = nextPort();
    SocketAddress source = at(loopback, port + 1);
    Fd server = listenOn(at(loopback, port));
    Fd client = connectTo(at(loopback, port), &source);
    Fd accepted = acceptFrom(server);
    client.close();
    char end = 0;
    (void)!::read(accepted.get(), &end, 1); // its end comes first
    accepted.close();
    server.close();
    drawOnly(port);
    tell("server", "ended, after its clients closed", true,
         tryToMeet(at(loopback, port)));
  }

  /// An idle connection is left in FIN-WAIT and TIME-WAIT on the port; one with
  /// data that the server has not read is reset.
  void playKilledWithConnection(bool unread) {
    unsigned port = nextPort();
    SocketAddress source = at(loopback, port + 1);
    std::vector<Fd> held;
    held.push_back(listenOn(at(loopback, port)));
    Fd client = connectTo(at(loopback, port), &source);
    held.push_back(acceptFrom(held.front()));
    if (unread)
      (void)!::send(client.get(), "x", 1, MSG_NOSIGNAL);
    killHolderOf(std::move(held));
    drawOnly(port);
    tell("server",
         unread ? "killed with an open connection that has unread data"
                : "killed with an idle open connection, right afterwards",
         unread, tryToMeet(at(loopback, port)));
  }

  /// The port is that of somebody's connection to elsewhere.
  void playHolders() {
    for (bool bound : {false, true}) {
      unsigned port = nextPort();
      drawOnly(port);
      Fd elsewhere = listenOn(at(loopback, port + 2));
      SocketAddress source = at(loopback, port);
      Fd outgoing =
          connectTo(at(loopback, port + 2), bound ? &source : nullptr);
      tell("server",
           bound ? "none; the port is bound by an outgoing connection"
                 : "none; the port was drawn for an outgoing connection",
           !bound, tryToMeet(at(loopback, port)));
    }
  }

  KernelClass kernelClass_;
  Channel &channel_;
  unsigned port_ = 40000;
};

} // namespace

bool Explanation::asExpected() const {
  return std::all_of(cases.begin(), cases.end(),
                     [](const auto &each) { return each.asExpected(); });
}

Explanation explain(KernelClass kernelClass) {
  Explanation explanation;
  explanation.kernel = kernelRelease();
  explanation.kernelClass = kernelClass;
  ChildProcess child(
      [&](Channel &channel) { Play(kernelClass, channel).run(); });
  for (;;) {
    Json message = child.awaitResult("play the cases");
    if (message.at("type") == "result") {
      explanation.ipv6 = message.at("ipv6");
      return explanation;
    }
    explanation.cases.push_back({message.at("condition"), message.at("case"),
                                 message.at("expected"), message.at("happened"),
                                 message.at("detail")});
  }
}

Json toJson(const Explanation &explanation) {
  Json cases = Json::array();
  for (const ExplainedCase &each : explanation.cases)
    cases.push_back({{"condition", each.condition},
                     {"case", each.what},
                     {"expected", each.expected},
                     {"happened", each.happened},
                     {"detail", each.detail}});
  return {{"schema", 1},
          {"kernel", explanation.kernel},
          {"kernel_class", kernelClassName(explanation.kernelClass)},
          {"ipv6", explanation.ipv6},
          {"cases", cases},
          {"as_expected", explanation.asExpected()}};
}

std::string toText(const Explanation &explanation) {
  const std::pair<const char *, const char *> conditions[] = {
      {"address", "The source address is the destination: a client that "
                  "connects to"},
      {"port", "The source port can be the destination's: the port is"},
      {"server", "Nobody else has the port: the server"}};
  auto yesOrNo = [](bool yes) { return yes ? "yes" : "no"; };
  std::string text = "Does the socket connect to itself?\n";
  for (const auto &[condition, title] : conditions) {
    text += fmt::format("\n{}\n  {:<54} {:<9} {:<9} {}\n", title, "",
                        "expected", "happened", "what happened");
    for (const ExplainedCase &each : explanation.cases)
      if (each.condition == condition)
        text += fmt::format("  {:<54} {:<9} {:<9} {}{}\n", each.what,
                            yesOrNo(each.expected), yesOrNo(each.happened),
                            each.detail,
                            each.asExpected() ? "" : "  <-- not as expected");
  }
  auto asExpected =
      std::count_if(explanation.cases.begin(), explanation.cases.end(),
                    [](const auto &each) { return each.asExpected(); });
  text += fmt::format("\n{} of {} cases as expected (Linux {}, class {}{})\n",
                      asExpected, explanation.cases.size(), explanation.kernel,
                      kernelClassName(explanation.kernelClass),
                      explanation.ipv6 ? "" : ", no IPv6 here");
  return text;
}

} // namespace selfconnect
