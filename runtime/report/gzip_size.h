//===- gzip_size.h - how large a text becomes when packed -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_GZIP_SIZE_H
#define SELFCONNECT_REPORT_GZIP_SIZE_H

#include <cstddef>
#include <memory>
#include <string_view>

namespace selfconnect {

/// Packs text as an upload does, and keeps only the number of bytes.
class GzipSize {
public:
  /// What has been packed may lag behind what was added by so much.
  static constexpr std::size_t mostPending = 128U << 10U;

  GzipSize();
  ~GzipSize();
  GzipSize(const GzipSize &) = delete;
  GzipSize &operator=(const GzipSize &) = delete;

  void add(std::string_view text);
  /// No less than what all text added so far takes.
  [[nodiscard]] std::size_t most() const { return bytes_ + mostPending; }

private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
  std::size_t bytes_ = 0;
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_GZIP_SIZE_H
