//===- output.h - where results and messages go -----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// All that the command prints goes through here: a result is written whole or
/// the command fails, and a message cannot disturb the terminal.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CLI_OUTPUT_H
#define SELFCONNECT_CLI_OUTPUT_H

#include <string>
#include <string_view>

namespace selfconnect::cli {

/// "" and "-".
bool isStandardOutput(const std::string &file);

/// A result, on standard output or in a file.
///
/// A regular file is written aside, in the same folder, and takes its name when
/// all is on the disk: until then, and after a failure, an older file is as it
/// was. Standard output whose reader has gone ends quietly.
///
/// Each function throws EnvironmentError where something is not written.
class Output {
public:
  /// A file is begun at once: what cannot be written is to be known before the
  /// work, and not after.
  explicit Output(const std::string &file = "");
  Output(const Output &) = delete;
  Output &operator=(const Output &) = delete;
  ~Output(); ///< without finish() before, nothing is left behind

  void write(std::string_view text);
  void finish();
  /// Hands on what write() was given so far; nothing takes its name yet.
  void flush();

private:
  void beginFile();
  void giveName();
  [[noreturn]] void fail(int error) const;

  std::string asked_;     ///< the name as it was given
  std::string file_;      ///< the name to be taken; "" for standard output
  std::string temporary_; ///< the name until then; "" if there is none
  std::string buffer_;
  int fd_ = -1;
  bool isRegular_ = false;
  bool isReaderGone_ = false;
};

/// "selfconnect: warning: " or "selfconnect: error: " and the message, as one
/// line on standard error. --quiet wants no warnings.
void printWarning(std::string_view message);
void printError(std::string_view message);

/// Makes a closed standard stream one that fails: else the next file that is
/// opened would take its place, and be written to.
void holdStandardStreams();

} // namespace selfconnect::cli

#endif // SELFCONNECT_CLI_OUTPUT_H
