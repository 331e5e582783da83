//===- reproduce_note.h - the note that carries a finding -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Each warning ends with a note such as
///
///   reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new
///
/// It is for people to paste and for `selfconnect confirm` to read. This is the
/// only place that writes it and the only one that takes it apart.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_NOTE_H
#define SELFCONNECT_REPRODUCE_NOTE_H

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace selfconnect {

/// Which socket each try uses.
enum class SocketMode {
  New,        ///< a new socket per try
  Same,       ///< one blocking socket for all tries
  Nonblocking ///< one non-blocking socket for all tries
};

/// "new", "same", "nonblocking".
const char *socketModeName(SocketMode mode);
std::optional<SocketMode> parseSocketMode(std::string_view name);

/// HOST:PORT as users write it: "127.0.0.1:33334", "[::1]:33334",
/// "localhost:33334"; in a note an unknown half stands as the word HOST or
/// PORT.
struct Target {
  std::optional<std::string> host; ///< without brackets
  std::optional<std::uint16_t> port;

  /// "127.0.0.1:33334", "[::1]:33334", "HOST:33334", "127.0.0.1:PORT".
  [[nodiscard]] std::string str() const;

  friend bool operator==(const Target &a, const Target &b) {
    return a.host == b.host && a.port == b.port;
  }
};

/// The inverse of Target::str(). On failure returns nothing and sets `error` to
/// one line that says what to write.
std::optional<Target> parseTarget(std::string_view text, std::string &error);

/// What the reproduce note says.
struct ReproduceNote {
  Target target;
  SocketMode socket = SocketMode::New;
  /// The client binds port 0 of its destination's address first.
  bool bindAnyPort = false;
  /// Its sockets have SO_REUSEADDR. Said where it matters: with bindAnyPort it
  /// decides on the ports to draw from.
  bool reuseaddr = false;
  /// The loop gives up after so many tries, and is begun anew; nothing: it has
  /// no bound that is known.
  std::optional<std::uint64_t> tries = std::nullopt;

  /// "reproduce with: selfconnect reproduce 127.0.0.1:33334 --socket=new"
  [[nodiscard]] std::string str() const;
};

/// The words a reproduce note begins with; what follows is a command line.
inline constexpr std::string_view reproduceNotePrefix = "reproduce with: ";

} // namespace selfconnect

#endif // SELFCONNECT_REPRODUCE_NOTE_H
