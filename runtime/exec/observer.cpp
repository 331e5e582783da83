//===- observer.cpp - what a program does with its connects ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "observer.h"

#include "belief.h"
#include "sandbox/socket_address.h"
#include "sandbox/tcp_socket.h"

#include <algorithm>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace selfconnect::detail {
namespace {

/// Payload bytes, each counted once.
std::uint64_t bytesWritten(int fd) {
  tcp_info info = {};
  socklen_t length = sizeof(info);
  if (::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
    return 0;
  return info.tcpi_bytes_sent - info.tcpi_bytes_retrans;
}

bool isTcp(int fd) {
  int type = 0;
  int family = 0;
  socklen_t length = sizeof(int);
  return ::getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 &&
         ::getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &length) == 0 &&
         type == SOCK_STREAM && (family == AF_INET || family == AF_INET6);
}

/// Whether close() will be a reset, which is how to give such a socket up.
bool resetsOnClose(int fd) {
  linger reset = {};
  socklen_t length = sizeof(reset);
  return ::getsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, &length) == 0 &&
         reset.l_onoff != 0 && reset.l_linger == 0;
}

/// What has come back and is not read yet; it stays there.
std::string peek(int fd) {
  char bytes[64];
  ssize_t size = ::recv(fd, bytes, sizeof(bytes), MSG_PEEK | MSG_DONTWAIT);
  return std::string(bytes, size > 0 ? static_cast<std::size_t>(size) : 0);
}

} // namespace

double Observer::now() const {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() -
                                       start_)
      .count();
}

bool Observer::isUndecided() const {
  return std::any_of(open_.begin(), open_.end(), [&](const auto &each) {
    return now() - each.second.since < timeToNotice;
  });
}

void Observer::take(const SystemCall &call) {
  using Kind = SystemCall::Kind;
  // Now, since the thread is held: one that runs may want to bind the port.
  if (call.kind == Kind::Connect && call.port == port_) {
    takeLost(); // the copies of the dead are in the way of the port
    if (!open_.empty())
      look();
    tryPortOfFinished();
  }
  if (call.kind == Kind::Connect && call.port != port_)
    reachability_.takeOther(call);
  bool met = !tried_.empty() || (call.kind == Kind::Exit && tries_ > 0);
  if (call.kind != Kind::Connect && call.kind != Kind::Bind && !met)
    return; // nothing to be seen, and much the most frequent
  auto thread = identify(call.tid);
  if (!thread)
    return;
  Place place = {thread->pid, call.fd};
  switch (call.kind) {
  case Kind::Bind:
    if (Fd copy = takeDescriptor(place.first, place.second); isTcp(copy.get()))
      reachability_.takeBind(call, copy.get());
    return;
  case Kind::Connect:
    takeConnect(call, *thread);
    return;
  case Kind::Receive: // what it wrote may be gone after it
    if (tried_.contains(place))
      inspect(place);
    return;
  case Kind::Shutdown: // of all descriptors that there are of the socket
    giveUp(place, SelfSocket::End::ShutDown);
    return;
  case Kind::Close:
    if (!call.from || takeDescriptor(thread->pid, *call.from))
      takeClose(thread->pid, call.fd, call.lastFd);
    return;
  case Kind::Execute:
    takeExecute(thread->pid);
    return;
  case Kind::Exit:
    takeExit(thread->pid, call.exitCode);
    return;
  }
}

void Observer::takeConnect(const SystemCall &call,
                           const ThreadIdentity &thread) {
  Place place = {thread.pid, call.fd};
  Fd copy = takeDescriptor(place.first, place.second);
  if (call.port == port_ && isTcp(copy.get())) {
    givenUp_.erase(inodeOf(copy.get()));
    ObservedProcess &process =
        processOf(thread.pid, thread.innerPid, thread.name);
    process.threads[thread.innerTid].name = thread.name;
    takeTry(place, thread.innerTid);
    if (std::string obstacle = reachability_.takeConnect(call, copy.get());
        !obstacle.empty())
      ++process.obstacles[obstacle];
    kept_.keep(place, std::move(copy));
  } else if (call.family == AF_UNSPEC && tried_.contains(place)) {
    giveUp(place, SelfSocket::End::Released);
  }
}

void Observer::takeTry(const Place &place, pid_t innerTid) {
  inspect(place); // of an earlier try with this socket
  ++processes_[place.first].threads[innerTid].tries;
  ++tries_;
  processes_[place.first].lastTry = now();
  tried_[place] = innerTid;
}

void Observer::takeClose(pid_t pid, int first, int last) {
  auto each = tried_.lower_bound({pid, first});
  while (each != tried_.end() && each->first.first == pid &&
         each->first.second <= last) {
    const Place place = each->first;
    if (!moveToCopy(place))
      giveUp(place, SelfSocket::End::Closed);
    kept_.take(place);
    each = tried_.erase(each);
  }
}

/// If the call succeeds, look() will find the sockets gone; it may fail.
void Observer::takeExecute(pid_t pid) {
  for (auto each = tried_.lower_bound({pid, 0});
       each != tried_.end() && each->first.first == pid; ++each) {
    inspect(each->first);
    if (closesOnExecute(pid, each->first.second))
      kept_.take(each->first);
  }
}

void Observer::takeExit(pid_t pid, int exitCode) {
  // Also what it has by dup() or from its parent.
  for (std::uint64_t inode : selfConnections(port_))
    for (int fd : descriptorsOf(pid, inode))
      inspect({pid, fd});
  for (auto each = tried_.lower_bound({pid, 0});
       each != tried_.end() && each->first.first == pid;
       each = tried_.erase(each)) {
    giveUp(each->first, SelfSocket::End::Exit);
    kept_.take(each->first);
  }
  if (auto process = processes_.find(pid); process != processes_.end())
    process->second.exitCode = exitCode;
}

void Observer::takeLost() {
  for (const auto &[place, copy] : kept_.takeLost()) {
    std::uint64_t inode = inspect(place, copy.get());
    tried_.erase(place);
    if (inode == 0)
      continue;
    open_.at(inode).reset = resetsOnClose(copy.get());
    finish(inode, identify(place.first) ? SelfSocket::End::Closed
                                        : SelfSocket::End::Exit);
    givenUp_[inode] = place; // unless somebody else has it too
  }
}

void Observer::look() {
  takeLost();
  for (const auto &[place, tid] : tried_)
    inspect(place);
  std::vector<std::uint64_t> live = selfConnections(port_);
  for (std::uint64_t inode : live)
    if (!open_.contains(inode))
      for (const Holder &holder : findHolders(inode))
        inspect({holder.pid, holder.fd});

  auto isLive = [&](std::uint64_t inode) {
    return std::find(live.begin(), live.end(), inode) != live.end();
  };
  std::erase_if(givenUp_,
                [&](const auto &each) { return !isLive(each.first); });
  std::vector<std::uint64_t> gone;
  for (const auto &[inode, socket] : open_)
    if (!isLive(inode))
      gone.push_back(inode);
  for (std::uint64_t inode : gone)
    finish(inode, SelfSocket::End::Closed);
}

std::uint64_t Observer::inspect(const Place &place) {
  return inspect(place, takeDescriptor(place.first, place.second).get());
}

std::uint64_t Observer::inspect(const Place &place, int copy) {
  if (!isTcp(copy) || !isSelfConnected(copy))
    return 0;
  auto local = SocketAddress::localOf(copy);
  std::uint64_t inode = inodeOf(copy);
  if (!local || local->port() != port_)
    return 0;
  auto givenUp = givenUp_.find(inode);
  if (givenUp != givenUp_.end() && givenUp->second == place)
    return 0;

  SelfSocket &socket = enter(inode, place, copy);
  socket.pid = place.first;
  socket.fd = place.second;
  socket.until = now();
  socket.written = bytesWritten(copy);
  if (socket.wrote.empty())
    socket.wrote = peek(copy);
  return inode;
}

SelfSocket &Observer::enter(std::uint64_t inode, const Place &place, int copy) {
  auto [entry, isNew] = open_.try_emplace(inode);
  SelfSocket &socket = entry->second;
  if (!isNew)
    return socket;
  // One that was given up at another place, and is alive at this one.
  auto same = std::find_if(
      finished_.begin() + static_cast<std::ptrdiff_t>(triedPortOf_),
      finished_.end(),
      [&](const SelfSocket &each) { return each.inode == inode; });
  if (givenUp_.erase(inode) > 0 && same != finished_.end()) {
    socket = *same;
    socket.end = SelfSocket::End::Open;
    socket.reset = false;
    finished_.erase(same);
  } else {
    auto local = SocketAddress::localOf(copy);
    socket.inode = inode;
    socket.since = now();
    socket.host = local->host();
    socket.local = local->str();
  }
  auto thread = tried_.find(place);
  if (thread != tried_.end()) {
    socket.innerTid = thread->second;
  } else if (auto process = identify(place.first)) {
    processOf(place.first, process->innerPid, process->name);
    socket.innerTid = process->innerTid;
    tried_[place] = process->innerTid;
  }
  return socket;
}

void Observer::giveUp(const Place &place, SelfSocket::End end) {
  std::uint64_t inode = inspect(place);
  if (inode == 0)
    return;
  SelfSocket &socket = open_.at(inode);
  bool resets = resetsOnClose(takeDescriptor(place.first, place.second).get());
  socket.reset = end == SelfSocket::End::Released ||
                 (resets && end != SelfSocket::End::ShutDown);
  finish(inode, end);
  givenUp_[inode] = place;
}

bool Observer::moveToCopy(const Place &place) {
  std::uint64_t inode = inspect(place);
  if (inode == 0)
    return false;
  std::vector<int> others = descriptorsOf(place.first, inode);
  std::erase(others, place.second);
  if (others.empty())
    return false;
  const Place other = {place.first, others.front()};
  tried_.try_emplace(other, tried_.at(place));
  open_.at(inode).fd = other.second;
  kept_.keep(other, kept_.take(place));
  return true;
}

void Observer::finish(std::uint64_t inode, SelfSocket::End end) {
  auto entry = open_.find(inode);
  if (entry == open_.end())
    return;
  entry->second.end = end;
  entry->second.until = now();
  finished_.push_back(entry->second);
  open_.erase(entry);
}

void Observer::tryPortOfFinished() {
  if (triedPortOf_ == finished_.size() || !selfConnections(port_).empty())
    return;
  for (; triedPortOf_ < finished_.size(); ++triedPortOf_) {
    SelfSocket &socket = finished_[triedPortOf_];
    if (auto address = SocketAddress::parse(socket.host, port_);
        address && tryPort_)
      socket.serverBind = tryServer(*address, /*reuseaddr=*/true);
  }
}

ObservedProcess &Observer::processOf(pid_t pid, pid_t innerPid,
                                     const std::string &name) {
  ObservedProcess &process = processes_[pid];
  process.innerPid = innerPid;
  process.name = name; // exec() may have changed it
  return process;
}

std::vector<SelfSocket> Observer::sockets() const {
  std::vector<SelfSocket> all = finished_;
  for (const auto &[inode, socket] : open_)
    all.push_back(socket);
  return all;
}

} // namespace selfconnect::detail
