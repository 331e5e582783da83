//===- source_root.h - paths as a report names them -------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_SOURCE_ROOT_H
#define SELFCONNECT_REPORT_SOURCE_ROOT_H

#include <string>

namespace selfconnect {

/// The folder that paths in reports are relative to: mostly that of the
/// repository. Symbolic links are resolved, as those who read the reports know
/// a file by one path only.
class SourceRoot {
public:
  /// "" is the current folder. Throws InputError when it is no folder.
  explicit SourceRoot(const std::string &folder = "");

  /// "src/a.c" for a file below the root, else an absolute path, or a name such
  /// as "<command line>".
  [[nodiscard]] std::string path(const std::string &file) const;
  /// The same as a URI reference: relative, or "file:///...".
  [[nodiscard]] std::string uri(const std::string &file) const;
  [[nodiscard]] bool contains(const std::string &file) const;
  /// "file:///home/user/project/"
  [[nodiscard]] std::string ownUri() const;

private:
  std::string folder_; ///< absolute, links resolved
  // The file asked for last: they are asked for one finding after the other.
  mutable std::string lastFile_;
  mutable std::string lastPath_;
};

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_SOURCE_ROOT_H
