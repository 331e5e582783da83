//===- input_file.cpp - an input that is read piece by piece --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "input_file.h"

#include "diagnostic.h"
#include "read_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace selfconnect {
namespace {

constexpr std::size_t pieceSize = 65536;
constexpr std::size_t endSize = 64;

std::uint64_t countLines(std::string_view text) {
  return static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

} // namespace

InputFile::InputFile(const std::string &path)
    : name_(path == "-" ? "<stdin>" : path),
      fd_(path == "-" ? ::dup(STDIN_FILENO)
                      : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
  if (fd_ < 0)
    refuse(name_, std::string(std::strerror(errno)) +
                      "; give the file that clang-tidy -export-fixes wrote, or "
                      "its text");
  struct stat status = {};
  if (::fstat(fd_, &status) == 0 && S_ISREG(status.st_mode))
    writtenAt_ = status.st_mtim;
}

InputFile::InputFile(std::string text, std::string name)
    : name_(std::move(name)), piece_(std::move(text)) {}

InputFile::~InputFile() {
  if (fd_ >= 0)
    ::close(fd_);
}

std::string_view InputFile::peek() {
  if (next_ == piece_.size() && fd_ >= 0)
    refill();
  if (next_ == 0)
    refuseBinary();
  return std::string_view(piece_).substr(next_);
}

void InputFile::refuseBinary() const {
  if (const auto zero = piece_.find('\0'); zero != piece_.npos)
    refuse(name_, lineOf(pieceOffset_ + zero),
           "binary, or text in UTF-16; give clang-tidy's YAML or its text in "
           "UTF-8");
}

void InputFile::refill() {
  pieceOffset_ += piece_.size();
  pieceLine_ = line_;
  next_ = 0;
  piece_.resize(pieceSize);
  ssize_t got = 0;
  do
    got = ::read(fd_, piece_.data(), piece_.size());
  while (got < 0 && errno == EINTR);
  const int failure = errno;
  piece_.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0)
    refuse(name_, std::string(std::strerror(failure)) +
                      "; give the file that clang-tidy -export-fixes wrote, or "
                      "its text");
  if (pieceOffset_ + piece_.size() > maxFileSize)
    refuse(name_, "larger than 1 GiB; give the files of clang-tidy one by one");
}

void InputFile::take(std::size_t size) {
  const std::string_view taken = std::string_view(piece_).substr(next_, size);
  line_ += countLines(taken);
  rememberEnd(taken);
  next_ += taken.size();
}

void InputFile::rememberEnd(std::string_view taken) {
  end_ += taken.substr(taken.size() - std::min(taken.size(), endSize));
  if (end_.size() > endSize)
    end_.erase(0, end_.size() - endSize);
}

bool InputFile::takeLine(std::string &line) {
  line.clear();
  std::string_view left = peek();
  if (left.empty())
    return false;
  while (!left.empty()) {
    const auto end = left.find('\n');
    line += left.substr(0, end);
    take(end == left.npos ? left.size() : end + 1);
    if (end != left.npos)
      break;
    left = peek();
  }
  return true;
}

std::uint64_t InputFile::lineOf(std::uint64_t offset) const {
  if (offset < pieceOffset_)
    return pieceLine_; // a character that is cut by the end of a piece
  const auto before =
      std::min<std::uint64_t>(offset - pieceOffset_, piece_.size());
  return pieceLine_ + countLines(std::string_view(piece_).substr(
                          0, static_cast<std::size_t>(before)));
}

} // namespace selfconnect
