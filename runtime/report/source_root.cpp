//===- source_root.cpp - paths as a report names them ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "source_root.h"

#include "../findings/source_files.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <filesystem>
#include <string_view>

namespace selfconnect {
namespace fs = std::filesystem;

namespace {

/// RFC 3986: what is no unreserved character of a path is escaped, byte by
/// byte.
std::string escapedForUri(std::string_view path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789-._~/";
  constexpr char digits[] = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos) {
      uri += c;
    } else {
      uri += '%';
      uri += digits[byte >> 4U];
      uri += digits[byte & 0xfU];
    }
  }
  return uri;
}

} // namespace

SourceRoot::SourceRoot(const std::string &folder) {
  std::error_code failure;
  const fs::path resolved =
      fs::canonical(folder.empty() ? fs::path(".") : fs::path(folder), failure);
  if (failure || !fs::is_directory(resolved, failure))
    throw InputError("--source-root: " + quote(folder) +
                     " is not a folder; name the folder that paths in reports "
                     "are relative to");
  folder_ = resolved.string();
}

std::string SourceRoot::path(const std::string &file) const {
  if (isNoFile(file))
    return file;
  if (file == lastFile_)
    return lastPath_;
  std::error_code failure;
  fs::path resolved = fs::weakly_canonical(file, failure);
  if (failure)
    resolved = fs::path(file).lexically_normal();
  const fs::path relative = resolved.lexically_relative(folder_);
  lastFile_ = file;
  lastPath_ = relative.empty() || *relative.begin() == ".."
                  ? resolved.string()
                  : relative.generic_string();
  return lastPath_;
}

bool SourceRoot::contains(const std::string &file) const {
  const std::string named = path(file);
  return !isNoFile(named) && named.front() != '/';
}

std::string SourceRoot::uri(const std::string &file) const {
  const std::string named = path(file);
  return (named.starts_with('/') ? "file://" : "") + escapedForUri(named);
}

std::string SourceRoot::ownUri() const {
  return "file://" + escapedForUri(folder_) + (folder_ == "/" ? "" : "/");
}

} // namespace selfconnect
