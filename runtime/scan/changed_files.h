//===- changed_files.h - what version control says has changed --*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_CHANGED_FILES_H
#define SELFCONNECT_SCAN_CHANGED_FILES_H

#include <map>
#include <set>
#include <string>

namespace selfconnect::scan {

/// The files that differ from commit `base`, or are new, in the Git work tree
/// of the current folder: absolute, without symbolic links. Throws InputError.
std::set<std::string> changedFiles(const std::string &base);

/// Those of them that Git knows to have had another name in `base`: new, old.
std::map<std::string, std::string> renamedFiles(const std::string &base);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_CHANGED_FILES_H
