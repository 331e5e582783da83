//===- scratch_folder.h - a folder for a while ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_SCRATCH_FOLDER_H
#define SELFCONNECT_SCAN_SCRATCH_FOLDER_H

#include <filesystem>

namespace selfconnect::scan {

/// A temporary folder that goes with this object.
class ScratchFolder {
public:
  ScratchFolder(); ///< throws EnvironmentError
  ScratchFolder(const ScratchFolder &) = delete;
  ScratchFolder &operator=(const ScratchFolder &) = delete;
  ~ScratchFolder();
  [[nodiscard]] const std::filesystem::path &path() const { return path_; }

private:
  std::filesystem::path path_;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_SCRATCH_FOLDER_H
