//===- EndpointString.cpp - host and port in one string -------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "EndpointString.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// As Values.h has them: a part of a string that is not known, and what stands
/// around one that callers in other files give.
static constexpr char UnknownCharacter = '\x01';
static constexpr char OpenCharacter = '\x03';
static constexpr size_t None = llvm::StringRef::npos;

/// Schemes whose endpoints have no TCP port.
static bool isOtherTransport(llvm::StringRef Scheme) {
  static constexpr llvm::StringLiteral Others[] = {
      "unix", "unix-abstract", "local", "file", "ipc",   "inproc",
      "shm",  "abstract",      "udp",   "udp4", "udp6",  "dtls",
      "coap", "pgm",           "epgm",  "norm", "vmci",  "vsock",
      "tipc", "xds",           "fd",    "pipe", "socket"};
  return llvm::is_contained(Others, Scheme.lower());
}

/// Schemes that are written without "//".
static bool isBareScheme(llvm::StringRef Scheme) {
  static constexpr llvm::StringLiteral Bare[] = {
      "dns", "ipv4", "ipv6", "unix", "unix-abstract", "vsock", "xds"};
  return llvm::is_contained(Bare, Scheme);
}

/// True if Text, be it in part, is known to callers at most.
static bool isOpenOrUnknown(llvm::StringRef Text) {
  return Text.contains(UnknownCharacter) || Text.contains(OpenCharacter);
}

static bool isScheme(llvm::StringRef Text) {
  return !Text.empty() && llvm::isAlpha(Text.front()) &&
         llvm::all_of(Text, [](char C) {
           return llvm::isAlnum(C) || C == '+' || C == '-' || C == '.';
         });
}

/// Cuts the scheme off. False if the endpoint is not one of TCP.
static bool skipScheme(llvm::StringRef &Text) {
  size_t Slashes = Text.find("://");
  llvm::StringRef Scheme = Text.substr(0, Slashes);
  if (Slashes != None && isScheme(Scheme)) {
    Text = Text.substr(Slashes + 3);
    // `dns://authority/host:port`: the host is behind the authority.
    if (Scheme == "dns")
      Text = Text.substr(Text.rfind('/') + 1);
    return !isOtherTransport(Scheme);
  }
  Scheme = Text.substr(0, Text.find(':'));
  if (Scheme.size() == Text.size() || !isBareScheme(Scheme))
    return true;
  Text = Text.substr(Scheme.size() + 1);
  return !isOtherTransport(Scheme);
}

/// What `http://host/` leaves out; "" where a scheme has no such port.
/// RFC 9110 4.2, RFC 6455 3.
static llvm::StringRef getDefaultPort(llvm::StringRef Url) {
  std::string Scheme = Url.substr(0, Url.find("://")).lower();
  if (Scheme == "http" || Scheme == "ws")
    return "80";
  return Scheme == "https" || Scheme == "wss" ? "443" : "";
}

/// Reads the digits that Text begins with; what may follow is a mark, as the
/// `s` of civetweb's "50443s".
static std::optional<unsigned> readPort(llvm::StringRef Text) {
  llvm::StringRef Digits = Text.take_while(llvm::isDigit);
  unsigned Port = 0;
  if (Digits.empty() || Digits.getAsInteger(10, Port) ||
      !llvm::all_of(Text.drop_front(Digits.size()), llvm::isAlpha))
    return std::nullopt;
  return Port;
}

static std::optional<StringEndpoint> parseOne(llvm::StringRef Text) {
  Text = Text.trim();
  llvm::StringRef DefaultPort = getDefaultPort(Text);
  if (Text.empty() || Text.front() == '/' || !skipScheme(Text))
    return std::nullopt;
  Text =
      Text.take_until([](char C) { return C == '/' || C == '?' || C == '#'; });
  // ZeroMQ's "source:0;destination:50051", and "user:password@host:50051".
  Text = Text.substr(Text.rfind(';') + 1);
  Text = Text.substr(Text.rfind('@') + 1);

  llvm::StringRef Host, Port;
  if (!Text.empty() && Text.front() == '[') {
    size_t Close = Text.find(']');
    llvm::StringRef Rest = Close == None ? "" : Text.substr(Close + 1);
    Host = Text.slice(1, Close);
    Port = Rest.empty() ? DefaultPort : Rest.drop_front();
    if (Port.empty() || (!Rest.empty() && Rest.front() != ':'))
      return std::nullopt;
  } else if (!DefaultPort.empty() && !Text.contains(':') &&
             !isOpenOrUnknown(Text)) {
    Host = Text;
    Port = DefaultPort;
  } else if (Text.count(':') <= 1) {
    bool HasHost = Text.count(':') == 1;
    Host = HasHost ? Text.split(':').first : "";
    Port = HasHost ? Text.split(':').second : Text;
    if (!HasHost && !Port.empty() && Port.front() == '+')
      Port = Port.drop_front(); // civetweb: on IPv4 and IPv6
  } else {
    return std::nullopt; // An IPv6 address alone.
  }

  StringEndpoint Result;
  Result.Host = Host.str();
  // Where nothing but a part is known, that may be the host as well.
  Result.HostUnknown =
      Host.empty() ? isOpenOrUnknown(Port) : Host.contains(UnknownCharacter);
  if (isOpenOrUnknown(Port)) {
    Result.OpenPort = Port.str();
    return Result;
  }
  Result.Port = readPort(Port);
  if (!Result.Port)
    return std::nullopt;
  return Result;
}

/// Cuts the value of a keyword off, which may be in single quotes.
static std::string takeValue(llvm::StringRef &Text) {
  std::string Value;
  bool Quoted = Text.consume_front("'");
  while (!Text.empty()) {
    char C = Text.front();
    if (Quoted ? C == '\'' : llvm::isSpace(C))
      break;
    Text = Text.drop_front();
    if (C == '\\' && !Text.empty()) {
      C = Text.front();
      Text = Text.drop_front();
    }
    Value += C;
  }
  if (Quoted)
    Text.consume_front("'");
  return Value;
}

/// "host=localhost port=54321 dbname='x y'", libpq's connection string. Nothing
/// if Text is not one.
static std::optional<llvm::StringMap<std::string>>
parseKeywords(llvm::StringRef Text) {
  llvm::StringMap<std::string> Values;
  while (!(Text = Text.ltrim()).empty()) {
    llvm::StringRef Word =
        Text.take_while([](char C) { return llvm::isAlnum(C) || C == '_'; });
    Text = Text.drop_front(Word.size()).ltrim();
    if (Word.empty() || !Text.consume_front("="))
      return std::nullopt;
    Text = Text.ltrim();
    Values[Word] = takeValue(Text);
  }
  if (Values.empty())
    return std::nullopt;
  return Values;
}

static void addKeywords(const llvm::StringMap<std::string> &Values,
                        llvm::SmallVectorImpl<StringEndpoint> &Result) {
  // The address goes before the name. Without either, or with the path of a
  // directory, the socket is one of Unix.
  std::string Name = Values.lookup("hostaddr");
  if (Name.empty())
    Name = Values.lookup("host");
  llvm::SmallVector<llvm::StringRef, 2> Hosts, Ports;
  llvm::StringRef(Name).split(Hosts, ',');
  std::string Numbers = Values.lookup("port");
  llvm::StringRef(Numbers).split(Ports, ',');
  for (size_t I = 0; I != Hosts.size(); ++I) {
    // One port is that of all hosts.
    size_t At = Ports.size() == 1 ? 0 : I;
    if (At >= Ports.size())
      break;
    llvm::StringRef Port = Ports[At];
    if (Hosts[I].empty() || Hosts[I].front() == '/' || Hosts[I].front() == '@')
      continue;
    StringEndpoint One;
    One.Host = Hosts[I].str();
    One.HostUnknown = Hosts[I].contains(UnknownCharacter);
    if (isOpenOrUnknown(Port))
      One.OpenPort = Port.str();
    else if (!(One.Port = readPort(Port)))
      continue;
    Result.push_back(std::move(One));
  }
}

llvm::SmallVector<StringEndpoint, 2> parseEndpointString(llvm::StringRef Text) {
  llvm::SmallVector<StringEndpoint, 2> Result;
  if (std::optional<llvm::StringMap<std::string>> Values =
          parseKeywords(Text)) {
    addKeywords(*Values, Result);
    return Result;
  }
  llvm::SmallVector<llvm::StringRef, 4> Parts;
  Text.split(Parts, ',');
  for (llvm::StringRef Part : Parts)
    if (std::optional<StringEndpoint> One = parseOne(Part))
      Result.push_back(std::move(*One));
  return Result;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
