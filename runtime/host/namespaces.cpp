//===- namespaces.cpp - the network namespaces of this host ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "namespaces.h"

#include "../sandbox/child_process.h"
#include "../sandbox/step.h"
#include "processes.h"

#include "selfconnect/error.h"
#include "selfconnect/host_ports.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <linux/magic.h>
#include <sched.h>
#include <set>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statfs.h>

namespace selfconnect::detail {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

/// Folders of names for network namespaces that live without a process.
constexpr const char *namedIn[] = {"/run/netns", "/run/docker/netns"};

/// The inode of the network namespace that a file stands for; 0 if for none.
std::uint64_t namespaceAt(const std::string &path) {
  struct statfs kind = {};
  struct stat file = {};
  if (::statfs(path.c_str(), &kind) != 0 || kind.f_type != NSFS_MAGIC ||
      ::stat(path.c_str(), &file) != 0)
    return 0;
  return file.st_ino;
}

std::vector<NamespacePlace> namedNamespaces() {
  std::vector<NamespacePlace> places;
  for (const char *folder : namedIn) {
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end;
         !error && entry != end; entry.increment(error)) {
      const std::string path = entry->path().string();
      if (const std::uint64_t inode = namespaceAt(path))
        places.push_back({inode, path, entry->path().filename().string(), 0});
    }
  }
  return places;
}

/// A kernel thread has no command line, and no sockets of interest.
bool isUserProcess(const std::string &folder) {
  return !readText(folder + "/cmdline").empty();
}

std::string fileOf(pid_t pid, const char *kind) {
  return "/proc/" + std::to_string(pid) + "/ns/" + kind;
}

/// \returns whether by way of the user namespace of its process, which is how
/// an ordinary user gets into those that are his own.
bool enter(const NamespacePlace &place) {
  const std::string step = "enter the network namespace";
  const Fd net(::open(place.path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!net)
    failStep(step, place.path, errno);
  struct stat file = {};
  if (::fstat(net.get(), &file) != 0 || file.st_ino != place.inode)
    failStep(step, place.path, ESTALE); // another process has the number now
  const Fd user(place.pid ? ::open(fileOf(place.pid, "user").c_str(),
                                   O_RDONLY | O_CLOEXEC)
                          : -1);
  if (::setns(net.get(), CLONE_NEWNET) == 0)
    return false;
  const int refused = errno;
  if (!user || ::setns(user.get(), CLONE_NEWUSER) != 0 ||
      ::setns(net.get(), CLONE_NEWNET) != 0)
    failStep(step, place.path, refused);
  return true;
}

/// One of the two families; what fails is noted.
bool readFamily(int family, NamespaceTable &table) {
  try {
    for (DiagSocket &socket : readSockets(family))
      if (socket.isSelfConnected() ||
          (socket.isListener() && table.range.contains(socket.local.port)))
        table.sockets.push_back(std::move(socket));
    return true;
  } catch (const EnvironmentError &error) {
    table.errors.emplace_back(error.what());
    return false;
  }
}

NamespaceTable readOwn() {
  NamespaceTable table;
  std::string error;
  const auto range = readHostPortRange(error);
  const auto reserved = range ? readHostReservedPorts(error) : std::nullopt;
  if (!reserved) {
    table.errors.push_back(error);
    return table;
  }
  table.range = *range;
  table.reserved = *reserved;
  table.ipv4 = readFamily(AF_INET, table);
  table.ipv6 = readFamily(AF_INET6, table);
  return table;
}

Json toJson(const DiagEndpoint &endpoint) {
  return {endpoint.address, endpoint.port};
}

DiagEndpoint endpointFrom(const Json &json) { return {json.at(0), json.at(1)}; }

Json toJson(const DiagSocket &socket) {
  Json times;
  if (socket.times)
    times = {socket.times->sent, socket.times->acknowledged,
             socket.times->neverSent};
  return {socket.state, toJson(socket.local), toJson(socket.remote),
          socket.uid,   socket.inode,         socket.v6only,
          times};
}

DiagSocket socketFrom(const Json &json) {
  DiagSocket socket;
  socket.state = json.at(0);
  socket.local = endpointFrom(json.at(1));
  socket.remote = endpointFrom(json.at(2));
  socket.uid = json.at(3);
  socket.inode = json.at(4);
  socket.v6only = json.at(5);
  if (const Json &times = json.at(6); !times.is_null())
    socket.times = {times.at(0), times.at(1), times.at(2)};
  return socket;
}

Json toMessage(const NamespaceTable &table) {
  Json sockets = Json::array();
  for (const DiagSocket &socket : table.sockets)
    sockets.push_back(toJson(socket));
  return {{"type", "table"},
          {"low", table.range.low},
          {"high", table.range.high},
          {"reserved", table.reserved.str()},
          {"sockets", std::move(sockets)},
          {"ipv4", table.ipv4},
          {"ipv6", table.ipv6},
          {"users_known", table.usersKnown},
          {"errors", table.errors}};
}

NamespaceTable fromMessage(const Json &message) {
  NamespaceTable table;
  table.range = {message.at("low"), message.at("high")};
  std::string error;
  table.reserved =
      parseReservedPorts(message.at("reserved").get<std::string>(), error)
          .value();
  for (const Json &socket : message.at("sockets"))
    table.sockets.push_back(socketFrom(socket));
  table.ipv4 = message.at("ipv4");
  table.ipv6 = message.at("ipv6");
  table.usersKnown = message.at("users_known");
  table.errors = message.at("errors");
  return table;
}

NamespaceTable readInChild(const NamespacePlace &place) {
  ChildProcess child([&](Channel &channel) {
    const bool byUser = enter(place);
    NamespaceTable table = readOwn();
    table.usersKnown = !byUser;
    channel.send(toMessage(table));
  });
  const std::string step = "read the network namespace " + place.path;
  return fromMessage(child.awaitResult(step.c_str()));
}

} // namespace

std::vector<NamespacePlace> findNamespaces(const std::vector<pid_t> &processes,
                                           unsigned &unseen) {
  std::vector<NamespacePlace> places = {NamespacePlace()};
  std::set<std::uint64_t> known = {
      inodeIn(readLink("/proc/self/ns/net"), "net")};
  unseen = 0;
  for (const pid_t pid : processes) {
    const std::string path = fileOf(pid, "net");
    errno = 0;
    const std::uint64_t inode = inodeIn(readLink(path), "net");
    if (inode == 0)
      unseen += (errno == EACCES || errno == EPERM) &&
                isUserProcess("/proc/" + std::to_string(pid));
    else if (known.insert(inode).second)
      places.push_back({inode, path, "", pid});
  }
  for (NamespacePlace &named : namedNamespaces()) {
    const auto same =
        std::find_if(places.begin(), places.end(), [&](const auto &place) {
          return place.inode == named.inode;
        });
    if (same != places.end())
      same->name = named.name;
    else if (known.insert(named.inode).second)
      places.push_back(std::move(named));
  }
  return places;
}

NamespaceTable readNamespace(const NamespacePlace &place) {
  try {
    return place.inode == 0 ? readOwn() : readInChild(place);
  } catch (const EnvironmentError &error) {
    NamespaceTable table;
    table.errors.emplace_back(error.what());
    return table;
  }
}

} // namespace selfconnect::detail
