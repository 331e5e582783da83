//===- display_paths.h - file names as people read them ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_DISPLAY_PATHS_H
#define SELFCONNECT_DISPLAY_PATHS_H

#include <string>

namespace selfconnect {

/// displayPath() for many files: the current directory is looked up once.
class DisplayPaths {
public:
  DisplayPaths();
  [[nodiscard]] std::string of(const std::string &file) const;

private:
  std::string current_; ///< with a slash at the end
};

} // namespace selfconnect

#endif // SELFCONNECT_DISPLAY_PATHS_H
