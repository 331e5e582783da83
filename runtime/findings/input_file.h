//===- input_file.h - an input that is read piece by piece ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_INPUT_FILE_H
#define SELFCONNECT_FINDINGS_INPUT_FILE_H

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

namespace selfconnect {

/// A report of clang-tidy, whatever its size: only the piece that is being read
/// is in memory. Throws InputError, of what cannot be read and of binary files.
class InputFile {
public:
  /// "-" is standard input.
  explicit InputFile(const std::string &path);
  /// A text in memory. `name` stands for it in messages.
  InputFile(std::string text, std::string name);
  ~InputFile();
  InputFile(const InputFile &) = delete;
  InputFile &operator=(const InputFile &) = delete;

  /// What messages call it: "<stdin>" for "-".
  [[nodiscard]] const std::string &name() const { return name_; }
  /// When it was written; nothing for standard input and the like.
  [[nodiscard]] std::optional<timespec> writtenAt() const { return writtenAt_; }

  /// What follows, as much as there is at hand; empty at the end only.
  std::string_view peek();
  /// Goes on behind the first `size` bytes of peek().
  void take(std::size_t size);
  /// The next line, without its LF; false at the end.
  bool takeLine(std::string &line);

  /// The line, from 1, that what follows is in.
  [[nodiscard]] std::uint64_t line() const { return line_; }
  /// The line of the byte at `offset`, which has just been taken.
  [[nodiscard]] std::uint64_t lineOf(std::uint64_t offset) const;
  /// The last bytes that were taken, some dozens.
  [[nodiscard]] std::string_view end() const { return end_; }

private:
  void refill();
  void refuseBinary() const;
  void rememberEnd(std::string_view taken);

  std::string name_;
  std::optional<timespec> writtenAt_;
  int fd_ = -1; ///< -1: all is in piece_
  std::string piece_;
  std::size_t next_ = 0;          ///< in piece_
  std::uint64_t pieceOffset_ = 0; ///< of piece_ in the input
  std::uint64_t pieceLine_ = 1;   ///< in which piece_ begins
  std::uint64_t line_ = 1;
  std::string end_;
};

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_INPUT_FILE_H
