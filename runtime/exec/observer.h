//===- observer.h - what a program does with its connects -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_OBSERVER_H
#define SELFCONNECT_EXEC_OBSERVER_H

#include "kept_sockets.h"
#include "process_files.h"
#include "reachability.h"
#include "system_calls.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace selfconnect::detail {

/// A socket that was connected to itself.
struct SelfSocket {
  enum class End {
    Open,     ///< still open when the observation ended
    Closed,   ///< by close(), or by what has the same effect
    Released, ///< by connect() to AF_UNSPEC
    ShutDown, ///< by shutdown()
    Exit      ///< its process ended
  };

  std::uint64_t inode = 0;
  pid_t pid = 0;
  pid_t innerTid = 0;
  int fd = -1;
  std::string host;  ///< the local address, which is the remote one
  std::string local; ///< the same with its port
  double since = 0;  ///< seconds from the start
  double until = 0;
  std::uint64_t written = 0; ///< bytes
  std::string wrote; ///< their beginning, unless the program has read it back
  End end = End::Open;
  bool reset = false;     ///< given up so that its port was free at once
  std::string serverBind; ///< what a server's bind() gave right after that:
                          ///< "ok", "EADDRINUSE"; "" where it was not tried
};

struct ObservedThread {
  std::string name;
  std::uint64_t tries = 0;
};

struct ObservedProcess {
  pid_t innerPid = 0;
  std::string name;
  double lastTry = 0;          ///< seconds from the start
  std::optional<int> exitCode; ///< nothing: it runs, or a signal ended it
  /// Tries that could not meet themselves, by the reason.
  std::map<std::string, std::uint64_t> obstacles;
  std::map<pid_t, ObservedThread> threads; ///< by innerTid
};

/// Keeps the books of a run: who tried to connect to the port, and what became
/// of the sockets that met themselves.
class Observer {
public:
  explicit Observer(std::uint16_t port, HostAddresses addresses = {})
      : port_(port), reachability_(port, std::move(addresses)) {}

  /// A thread is held at the start of this call.
  void take(const SystemCall &call);
  /// Looks at all sockets, those included whose connect() no call told of.
  void look();
  /// From now on the port is somebody else's to try.
  void leavePortAlone() { tryPort_ = false; }
  /// From now on no call is reported to this.
  void endWatch() { kept_.clear(); }
  /// Whether a server could have the port where no socket is connected to
  /// itself any more: asked once for each that was, while nobody else can want
  /// it.
  void tryPortOfFinished();

  [[nodiscard]] double now() const;
  /// Whether a socket has met itself so lately that its program may be about to
  /// notice.
  [[nodiscard]] bool isUndecided() const;
  [[nodiscard]] std::uint64_t tries() const { return tries_; }
  [[nodiscard]] const Reachability &reachability() const {
    return reachability_;
  }
  /// By the process ids that we see.
  [[nodiscard]] const std::map<pid_t, ObservedProcess> &processes() const {
    return processes_;
  }
  /// Those that are closed, then those that are open.
  [[nodiscard]] std::vector<SelfSocket> sockets() const;

private:
  void takeConnect(const SystemCall &call, const ThreadIdentity &thread);
  void takeTry(const Place &place, pid_t innerTid);
  void takeClose(pid_t pid, int first, int last);
  void takeExecute(pid_t pid);
  void takeExit(pid_t pid, int exitCode);
  /// Of sockets that are gone with no call to tell of it.
  void takeLost();
  /// \returns the socket's inode if it is connected to itself, else 0.
  std::uint64_t inspect(const Place &place);
  /// The same of a copy of what is there, or was until lately.
  std::uint64_t inspect(const Place &place, int copy);
  /// Its entry in open_, made unless it is there.
  SelfSocket &enter(std::uint64_t inode, const Place &place, int copy);
  /// The process is about to give up the socket that it has there.
  void giveUp(const Place &place, SelfSocket::End end);
  /// The socket stays with the process, at another place. \returns false if
  /// not.
  bool moveToCopy(const Place &place);
  void finish(std::uint64_t inode, SelfSocket::End end);
  ObservedProcess &processOf(pid_t pid, pid_t innerPid,
                             const std::string &name);

  std::uint16_t port_;
  Reachability reachability_;
  std::chrono::steady_clock::time_point start_ =
      std::chrono::steady_clock::now();
  std::uint64_t tries_ = 0;
  std::map<pid_t, ObservedProcess> processes_;
  std::map<Place, pid_t> tried_; ///< with the thread (its own view) that did
  std::map<std::uint64_t, SelfSocket> open_;
  std::vector<SelfSocket> finished_;
  std::size_t triedPortOf_ = 0; ///< so many of finished_
  bool tryPort_ = true;
  /// Inodes of sockets that may seem alive until the call that gives them up
  /// has taken place.
  std::map<std::uint64_t, Place> givenUp_;
  KeptSockets kept_;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_OBSERVER_H
