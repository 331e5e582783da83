//===- calibration.cpp - the class of the running kernel ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "sandbox/child_process.h"
#include "sandbox/network_namespace.h"
#include "sandbox/socket_address.h"
#include "sandbox/step.h"
#include "selfconnect/host_ports.h"
#include "selfconnect/reproduce.h"

#include <cerrno>

namespace selfconnect {

using namespace detail;

namespace {

SocketAddress addressOf(const std::string &host, std::uint16_t port) {
  return SocketAddress::parse(host, port).value();
}

/// A port on which nobody listens, and which is never drawn as a source port:
/// one that is bound already.
Fd holdPort(SocketAddress &held) {
  Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  SocketAddress any = addressOf("127.0.0.1", 0);
  if (!fd || ::bind(fd.get(), any.data(), any.length()) != 0)
    failStep("hold a port", "bind", errno);
  held = SocketAddress::localOf(fd.get()).value();
  return fd;
}

/// The source port of each of a number of refused tries of one socket; it can
/// still be read after the refusal.
std::vector<std::uint16_t> sourcePorts(unsigned tries) {
  SocketAddress target;
  Fd held = holdPort(target);
  Fd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  timeval patience = {1, 0}; // a firewall may swallow what it ought to refuse
  ::setsockopt(fd.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience));
  std::vector<std::uint16_t> ports;
  while (ports.size() < tries) {
    if (::connect(fd.get(), target.data(), target.length()) == 0 ||
        errno != ECONNREFUSED)
      failStep("calibrate", "connect", errno);
    ports.push_back(SocketAddress::localOf(fd.get()).value().port());
  }
  return ports;
}

void calibrateInside(Isolation isolation, Channel &channel) {
  if (isolation == Isolation::Netns) {
    enterNetworkNamespace();
    raiseLoopback();
  }
  std::string error;
  auto range = readHostPortRange(error);
  if (!range)
    throw EnvironmentError(error);
  std::vector<std::uint16_t> ports = sourcePorts(calibrationTries);
  auto kernelClass = classifyStrides(ports, *range);
  nlohmann::ordered_json strides = nlohmann::ordered_json::array();
  for (std::size_t i = 1; i < ports.size(); ++i)
    strides.push_back(ports[i] - ports[i - 1]);
  channel.send({{"type", "result"},
                {"class", kernelClass ? kernelClassName(*kernelClass) : ""},
                {"strides", strides}});
}

} // namespace

Calibration calibrateKernel() {
  Calibration result;
  for (Isolation isolation : {Isolation::Netns, Isolation::Host}) {
    try {
      ChildProcess child(
          [&](Channel &channel) { calibrateInside(isolation, channel); });
      nlohmann::ordered_json message = child.awaitResult("calibrate");
      result.isolation = isolation;
      result.kernelClass =
          parseKernelClass(message.at("class").get<std::string>());
      for (int stride : message.at("strides"))
        ++result.strides[stride];
      result.failure.clear();
      return result;
    } catch (const EnvironmentError &error) {
      result.failure = error.what();
    }
  }
  return result;
}

} // namespace selfconnect
