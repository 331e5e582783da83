//===- spool.cpp - text that has to wait for its place --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "spool.h"

#include "selfconnect/error.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <string>

namespace selfconnect {
namespace {

[[noreturn]] void fail() {
  throw EnvironmentError(std::string("write the report: temporary file: ") +
                         std::strerror(errno));
}

} // namespace

void Spool::append(std::string_view text) {
  if (!file_)
    file_.reset(std::tmpfile());
  if (!file_ ||
      std::fwrite(text.data(), 1, text.size(), file_.get()) != text.size())
    fail();
  size_ += text.size();
}

void Spool::replay(const Write &write) {
  if (!file_)
    return;
  if (std::fflush(file_.get()) != 0 ||
      std::fseek(file_.get(), 0, SEEK_SET) != 0)
    fail();
  std::array<char, 1U << 16U> piece;
  for (std::uint64_t left = size_; left > 0;) {
    const std::size_t got =
        std::fread(piece.data(), 1, piece.size(), file_.get());
    if (got == 0)
      fail();
    write({piece.data(), got});
    left -= got;
  }
}

} // namespace selfconnect
