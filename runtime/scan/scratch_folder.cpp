//===- scratch_folder.cpp - a folder for a while --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "scratch_folder.h"

#include "selfconnect/error.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>

namespace selfconnect::scan {

namespace fs = std::filesystem;

ScratchFolder::ScratchFolder() {
  std::error_code failure;
  std::string name =
      (fs::temp_directory_path(failure) / "selfconnect-scan-XXXXXX").string();
  if (failure || !::mkdtemp(name.data()))
    throw EnvironmentError(
        "make a temporary folder: " +
        (failure ? failure.message() : name + ": " + std::strerror(errno)) +
        "; set TMPDIR to a folder that can be written");
  path_ = name;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

} // namespace selfconnect::scan
