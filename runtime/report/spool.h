//===- spool.h - text that has to wait for its place ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_SPOOL_H
#define SELFCONNECT_REPORT_SPOOL_H

#include "selfconnect/report.h"

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string_view>

namespace selfconnect {

/// What comes late in a report but is known early, in an unnamed temporary
/// file: the findings, where their number or the worst of them stands first.
class Spool {
public:
  /// Throws EnvironmentError, as replay() does, when there is no room.
  void append(std::string_view text);
  /// Hands all of it to `write`, in pieces.
  void replay(const Write &write);
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::uint64_t size() const { return size_; }

private:
  struct Close {
    void operator()(std::FILE *file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t size_ = 0;
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_SPOOL_H
