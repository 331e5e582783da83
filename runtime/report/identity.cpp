//===- identity.cpp - what a finding is known by --------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "identity.h"

#include <fmt/format.h>

#include <utility>

namespace selfconnect {
namespace {

/// Code that is only indented anew is the same code.
std::string withSingleBlanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c != ' ' && c != '\t')
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' '))
    result.pop_back();
  return result;
}

} // namespace

std::uint64_t stableHash(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text)
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

std::string hexadecimal(std::uint64_t number) {
  return fmt::format("{:016x}", number);
}

std::uint64_t Identity::hash() const {
  using namespace std::literals;
  // No part can hold the separator: none is part of a path or a line of text
  // that somebody wrote, and the first is one of ours.
  const std::uint64_t value = stableHash(check + "\0"s + file + "\0"s + code +
                                         "\0"s + std::to_string(occurrence));
  return value ? value : 1;
}

Identity Identities::identify(Finding &finding) {
  Identity identity;
  identity.check = finding.check;
  identity.file = root_.path(finding.place.file);
  if (const auto old = oldNames_.find(identity.file); old != oldNames_.end())
    identity.file = old->second;
  if (const auto code = lines_.line(finding.place.file, finding.place.line))
    identity.code = withSingleBlanks(*code);
  identity.occurrence = 0;
  identity.occurrence = ++occurrences_[identity.hash()];
  finding.identity = identity.hash();
  return identity;
}

void Identities::renamed(const std::string &oldPath,
                         const std::string &newPath) {
  oldNames_.insert_or_assign(newPath, oldPath);
}

} // namespace selfconnect
