//===- observer.cpp - what a program does with its connects ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "observer.h"

#include "../reproduce/evidence.h"
#include "../reproduce/socket_address.h"
#include "belief.h"
#include "process_files.h"

#include <algorithm>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>

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

std::uint64_t inodeOf(int fd) {
  struct stat status = {};
  return ::fstat(fd, &status) == 0 ? status.st_ino : 0;
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
  // Now, since the thread is held: one that runs may want to bind the port.
  if (call.kind == SystemCall::Kind::Connect && call.port == port_)
    tryPortOfFinished();
  if (call.kind != SystemCall::Kind::Connect && tried_.empty())
    return; // nothing to be seen, and much the most frequent
  auto thread = identify(call.tid);
  if (!thread)
    return;
  Place place = {thread->pid, call.fd};
  switch (call.kind) {
  case SystemCall::Kind::Connect:
    if (Fd copy = takeDescriptor(place.first, place.second);
        call.port == port_ && isTcp(copy.get())) {
      givenUp_.erase(inodeOf(copy.get()));
      processOf(thread->pid, thread->innerPid, thread->name)
          .threads[thread->innerTid]
          .name = thread->name;
      takeTry(place, thread->innerTid);
    } else if (call.family == AF_UNSPEC && tried_.contains(place)) {
      giveUp(place, SelfSocket::End::Released);
    }
    return;
  case SystemCall::Kind::Receive: // what it wrote may be gone after it
    if (tried_.contains(place))
      inspect(place);
    return;
  case SystemCall::Kind::Close:
    if (tried_.contains(place))
      giveUp(place, SelfSocket::End::Closed);
    tried_.erase(place);
    return;
  case SystemCall::Kind::Exit:
    for (auto each = tried_.lower_bound({thread->pid, 0});
         each != tried_.end() && each->first.first == thread->pid;
         each = tried_.erase(each))
      giveUp(each->first, SelfSocket::End::Exit);
    return;
  }
}

void Observer::takeTry(const Place &place, pid_t innerTid) {
  inspect(place); // of an earlier try with this socket
  ++processes_[place.first].threads[innerTid].tries;
  ++tries_;
  lastTry_ = now();
  tried_[place] = innerTid;
}

void Observer::look() {
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
  Fd copy = takeDescriptor(place.first, place.second);
  if (!copy || !isTcp(copy.get()) || !isSelfConnected(copy.get()))
    return 0;
  auto local = SocketAddress::localOf(copy.get());
  std::uint64_t inode = inodeOf(copy.get());
  if (!local || local->port() != port_)
    return 0;
  auto givenUp = givenUp_.find(inode);
  if (givenUp != givenUp_.end() && givenUp->second == place)
    return 0;

  auto [entry, isNew] = open_.try_emplace(inode);
  SelfSocket &socket = entry->second;
  if (isNew) {
    socket.since = now();
    socket.host = local->host();
    socket.local = local->str();
    auto thread = tried_.find(place);
    if (thread != tried_.end()) {
      socket.innerTid = thread->second;
    } else if (auto process = identify(place.first)) {
      processOf(place.first, process->innerPid, process->name);
      socket.innerTid = process->innerTid;
      tried_[place] = process->innerTid;
    }
  }
  socket.pid = place.first;
  socket.fd = place.second;
  socket.until = now();
  socket.written = bytesWritten(copy.get());
  if (socket.wrote.empty())
    socket.wrote = peek(copy.get());
  return inode;
}

void Observer::giveUp(const Place &place, SelfSocket::End end) {
  std::uint64_t inode = inspect(place);
  if (inode == 0)
    return;
  SelfSocket &socket = open_.at(inode);
  bool resets = resetsOnClose(takeDescriptor(place.first, place.second).get());
  socket.reset = end == SelfSocket::End::Released || resets;
  finish(inode, end);
  givenUp_[inode] = place;
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
