//===- baseline.cpp - findings that are known -----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "baseline.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>
#include <optional>
#include <string_view>

namespace selfconnect {
namespace {

constexpr std::string_view headWords = "# selfconnect baseline ";
constexpr std::string_view headLine =
    "# selfconnect baseline 1: check, file, occurrence, line of code\n";

/// Tabs and ends of lines have a meaning in the file.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text)
    switch (c) {
    case '\\':
      result += "\\\\";
      break;
    case '\t':
      result += "\\t";
      break;
    case '\n':
      result += "\\n";
      break;
    case '\r':
      result += "\\r";
      break;
    default:
      result += c;
    }
  return result;
}

std::optional<std::string> unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\') {
      result += text[i];
      continue;
    }
    constexpr std::string_view letters = "\\tnr";
    constexpr std::string_view meanings = "\\\t\n\r";
    const std::size_t which =
        ++i < text.size() ? letters.find(text[i]) : std::string_view::npos;
    if (which == std::string_view::npos)
      return std::nullopt;
    result += meanings[which];
  }
  return result;
}

std::optional<Identity> parse(std::string_view line) {
  std::array<std::string, 4> fields;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool isLast = i + 1 == fields.size();
    const std::size_t tab = line.find('\t');
    if (isLast != (tab == std::string_view::npos))
      return std::nullopt;
    const auto field = unescaped(line.substr(0, tab));
    if (!field)
      return std::nullopt;
    fields[i] = *field;
    line.remove_prefix(isLast ? line.size() : tab + 1);
  }
  Identity identity{fields[0], fields[1], fields[3], 0};
  const char *end = fields[2].data() + fields[2].size();
  const auto [stop, status] =
      std::from_chars(fields[2].data(), end, identity.occurrence);
  if (status != std::errc() || stop != end || identity.occurrence == 0 ||
      identity.check.empty())
    return std::nullopt;
  return identity;
}

} // namespace

std::string toLine(const Identity &identity) {
  return fmt::format("{}\t{}\t{}\t{}", escaped(identity.check),
                     escaped(identity.file), identity.occurrence,
                     escaped(identity.code));
}

Baseline::Baseline(const std::string &file) {
  std::ifstream stream(file, std::ios::binary);
  std::string line;
  const auto refuse = [&](std::size_t number, const std::string &what) {
    throw InputError(fmt::format(
        "--baseline {}:{}: {}; write it again with --write-baseline",
        printable(file), number, what));
  };
  if (!stream || !std::getline(stream, line))
    throw InputError(fmt::format(
        "--baseline {}: {}; --write-baseline writes one", printable(file),
        stream || errno == 0 ? "empty" : std::strerror(errno)));
  if (!line.starts_with(std::string(headWords) + "1:"))
    refuse(1, line.starts_with(headWords)
                  ? "baseline of another version of selfconnect"
                  : "not a baseline of selfconnect");
  for (std::size_t number = 2; std::getline(stream, line); ++number) {
    if (line.ends_with('\r'))
      line.pop_back();
    if (line.empty() || line.front() == '#')
      continue;
    if (line.starts_with("<<<<<<<") || line.starts_with("=======") ||
        line.starts_with(">>>>>>>"))
      refuse(number, "merge conflict; keep the lines of both sides, or");
    const auto identity = parse(line);
    if (!identity)
      refuse(number, quote(line) + " is not an entry");
    if (byHash_.try_emplace(identity->hash(), entries_.size()).second)
      entries_.push_back({*identity});
  }
  if (stream.bad())
    throw InputError(
        fmt::format("--baseline {}: cannot be read", printable(file)));
}

bool Baseline::takes(std::uint64_t identity) {
  const auto found = byHash_.find(identity);
  if (found == byHash_.end())
    return false;
  entries_[found->second].matched = true;
  return true;
}

std::vector<Identity> Baseline::unmatched() const {
  std::vector<Identity> left;
  for (const Entry &entry : entries_)
    if (!entry.matched)
      left.push_back(entry.identity);
  return left;
}

void BaselineWriter::write(const Write &write) const {
  write(headLine);
  for (const std::string &line : lines_)
    write(line + "\n");
}

} // namespace selfconnect
