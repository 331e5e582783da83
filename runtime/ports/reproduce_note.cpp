//===- reproduce_note.cpp - the note that carries a finding ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/reproduce_note.h"

#include "selfconnect/port_range.h"
#include "selfconnect/quote.h"

namespace selfconnect {

const char *socketModeName(SocketMode mode) {
  switch (mode) {
  case SocketMode::New:
    return "new";
  case SocketMode::Same:
    return "same";
  case SocketMode::Nonblocking:
    return "nonblocking";
  }
  return "";
}

std::optional<SocketMode> parseSocketMode(std::string_view name) {
  for (SocketMode mode :
       {SocketMode::New, SocketMode::Same, SocketMode::Nonblocking})
    if (name == socketModeName(mode))
      return mode;
  return std::nullopt;
}

std::string Target::str() const {
  std::string hostText = host.value_or("HOST");
  if (hostText.find(':') != std::string::npos)
    hostText = "[" + hostText + "]";
  return hostText + ":" + (port ? std::to_string(*port) : "PORT");
}

namespace {

bool isAlphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

/// Whether `host` holds only what a name or an address may hold; colons only in
/// an IPv6 address, which stands in brackets.
bool isHost(std::string_view host, bool bracketed) {
  if (host.empty() || (bracketed && host.find(':') == std::string_view::npos))
    return false;
  for (char c : host) {
    bool mayStand = isAlphanumeric(c) || c == '.' || c == '-' || c == '_' ||
                    c == '%' || (bracketed && c == ':');
    if (!mayStand)
      return false;
  }
  return true;
}

} // namespace

std::optional<Target> parseTarget(std::string_view text, std::string &error) {
  auto fail = [&](const std::string &reason) {
    error = "target " + quote(text) + ": " + reason;
    return std::nullopt;
  };
  std::size_t colon = text.rfind(':');
  if (colon == std::string_view::npos)
    return fail("no port; write HOST:PORT, such as 127.0.0.1:33334");
  std::string_view host = text.substr(0, colon);
  std::string_view port = text.substr(colon + 1);

  bool bracketed =
      host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (bracketed)
    host = host.substr(1, host.size() - 2);
  else if (host.find(':') != std::string_view::npos)
    return fail("an IPv6 address stands in brackets; write [ADDRESS]:PORT, "
                "such as [::1]:33334");
  if (!isHost(host, bracketed))
    return fail("no host; write HOST:PORT, such as 127.0.0.1:33334");

  Target target;
  if (host != "HOST")
    target.host = std::string(host);
  if (port != "PORT") {
    std::string reason;
    target.port = parsePort(port, reason);
    if (!target.port)
      return fail(reason);
  }
  return target;
}

std::string ReproduceNote::str() const {
  return std::string(reproduceNotePrefix) + "selfconnect reproduce " +
         target.str() + " --socket=" + socketModeName(socket) +
         (bindAnyPort ? " --bind-any-port" : "") +
         (reuseaddr ? " --reuseaddr" : "") +
         (tries ? " --tries=" + std::to_string(*tries) : "");
}

} // namespace selfconnect
