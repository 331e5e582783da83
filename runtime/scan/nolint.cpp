//===- nolint.cpp - NOLINT comments that silence nothing ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "nolint.h"

#include "../findings/read_file.h"
#include "selfconnect/findings.h"

#include <algorithm>
#include <fnmatch.h>
#include <limits>

namespace selfconnect::scan {
namespace {

constexpr std::string_view word = "NOLINT";

/// The names in "(a, b)" at the head of `text`, those of ours.
std::vector<std::string> ourChecks(std::string_view text) {
  std::vector<std::string> checks;
  const auto end = text.find(')');
  if (text.empty() || text.front() != '(' || end == text.npos)
    return checks;
  text = text.substr(1, end - 1);
  for (std::size_t at = 0; at <= text.size();) {
    const auto comma = std::min(text.find(',', at), text.size());
    std::string_view name = text.substr(at, comma - at);
    name.remove_prefix(std::min(name.find_first_not_of(" \t"), name.size()));
    name = name.substr(0, name.find_last_not_of(" \t") + 1);
    if (name.starts_with("selfconnect-"))
      checks.emplace_back(name);
    at = comma + 1;
  }
  return checks;
}

bool hides(const Nolint &nolint, const HiddenFinding &finding) {
  return finding.line >= nolint.first && finding.line <= nolint.last &&
         ::fnmatch(nolint.check.c_str(), finding.check.c_str(), 0) == 0;
}

} // namespace

std::vector<Nolint> findNolints(std::string_view source) {
  std::vector<Nolint> found;
  std::vector<std::size_t> open; // begun and not ended
  unsigned number = 0;
  while (!source.empty()) {
    ++number;
    const auto end = std::min(source.find('\n'), source.size());
    const std::string_view line = source.substr(0, end);
    source.remove_prefix(std::min(end + 1, source.size()));
    for (auto at = line.find(word); at != line.npos;
         at = line.find(word, at + 1)) {
      std::string_view rest = line.substr(at + word.size());
      unsigned first = number;
      unsigned last = number;
      bool isEnd = false;
      bool isBegin = false;
      if (rest.starts_with("NEXTLINE")) {
        rest.remove_prefix(8);
        first = last = number + 1;
      } else if ((isBegin = rest.starts_with("BEGIN"))) {
        rest.remove_prefix(5);
        last = std::numeric_limits<unsigned>::max();
      } else if ((isEnd = rest.starts_with("END"))) {
        rest.remove_prefix(3);
      }
      for (std::string &check : ourChecks(rest)) {
        if (isEnd) {
          const auto begun =
              std::find_if(open.rbegin(), open.rend(), [&](std::size_t each) {
                return found[each].check == check;
              });
          if (begun != open.rend()) {
            found[*begun].last = number;
            open.erase(std::next(begun).base());
          }
          continue;
        }
        if (isBegin)
          open.push_back(found.size());
        found.push_back({number, first, last, std::move(check)});
      }
    }
  }
  return found;
}

std::vector<std::string>
unusedNolints(const std::set<std::string> &files,
              const std::vector<HiddenFinding> &hidden) {
  std::vector<std::string> lines;
  for (const std::string &file : files) {
    std::string error;
    const auto source = readFile(file, error);
    if (!source || source->find(word) == source->npos)
      continue;
    for (const Nolint &nolint : findNolints(*source))
      if (std::ranges::none_of(hidden, [&](const HiddenFinding &finding) {
            return finding.file == file && hides(nolint, finding);
          }))
        lines.push_back(displayPath(file) + ":" + std::to_string(nolint.line) +
                        ": NOLINT of " + nolint.check + " silences nothing");
  }
  return lines;
}

} // namespace selfconnect::scan
