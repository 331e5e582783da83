//===- arguments.cpp - a compiler's arguments, made fit for clang ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "arguments.h"

#include "words.h"

#include "../findings/read_file.h"
#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <regex>
#include <string_view>

namespace selfconnect::scan {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

namespace {

/// Programs that start the compiler named after them.
constexpr std::array<std::string_view, 8> compilerWrappers = {
    "ccache", "distcc",     "icecc",    "sccache",
    "gomacc", "buildcache", "cachecc1", "env"};

/// A flag to leave out. One that ends with '*' stands for all that begin so.
struct Unwanted {
  std::string_view flag;
  bool hasValue = false; ///< in the next word
  bool isCounted = true;
};

constexpr Unwanted unwanted[] = {
    // Precompiled headers: made by another compiler.
    {"-include-pch", true},
    {"-fpch-preprocess"},
    {"-fpch-deps"},
    {"-Winvalid-pch"},
    // Modules: files that a build leaves, for one compiler.
    {"-fmodules"},
    {"-fmodules-*"},
    {"-fmodule-*"},
    {"-fcxx-modules"},
    {"-fbuiltin-module-map"},
    {"-fdeps-*"},
    // GCC's own, which clang refuses or warns of.
    {"--param", true},
    {"--param=*"},
    {"-specs=*"},
    {"--specs=*"},
    {"-fplugin=*"},
    {"-fplugin-arg-*"},
    {"-fanalyzer"},
    {"-fno-analyzer"},
    {"-fconserve-stack"},
    {"-fno-conserve-stack"},
    {"-fipa-*"},
    {"-fno-ipa-*"},
    {"-fvar-tracking*"},
    {"-fno-var-tracking*"},
    {"-fno-allow-store-data-races"},
    // Below LLVM 16, clang takes this only with another flag beside it.
    {"-ftrivial-auto-var-init=*"},
    {"-mpreferred-stack-boundary=*"},
    // An error that GCC would not have.
    {"-Werror", false, false},
    {"-Werror=*", false, false},
    {"-pedantic-errors", false, false},
    {"-Wfatal-errors", false, false},
};

const Unwanted *findUnwanted(std::string_view word) {
  for (const Unwanted &each : unwanted) {
    const bool isStem = each.flag.ends_with('*');
    const std::string_view stem =
        each.flag.substr(0, each.flag.size() - (isStem ? 1 : 0));
    if (isStem ? word.starts_with(stem) : word == stem)
      return &each;
  }
  return nullptr;
}

std::string withoutValue(const std::string &flag) {
  return flag.substr(0, flag.find('='));
}

/// Response files may name others; no build has them deeper.
constexpr unsigned deepestResponseFile = 10;

void expand(const Words &words, const fs::path &directory, unsigned depth,
            Words &result, RemovedFlags &removed) {
  for (const std::string &word : words) {
    if (word.size() < 2 || word.front() != '@') {
      result.push_back(word);
      continue;
    }
    const std::string path = (directory / word.substr(1)).string();
    // What a module build writes while it runs holds flags for modules only.
    if (word.ends_with(".modmap")) {
      ++removed["@modmap"];
      continue;
    }
    std::string error;
    const auto content = readFile(path, error);
    const auto inner = content ? splitWords(*content) : std::nullopt;
    if (!inner || depth == deepestResponseFile)
      throw InputError("response file " + printable(path) + ": " +
                       (!content ? error + "; build it first"
                        : !inner ? "a quote that does not end"
                                 : "names itself"));
    expand(*inner, directory, depth + 1, result, removed);
  }
}

bool isAssignment(const std::string &word) {
  const auto equals = word.find('=');
  return equals != std::string::npos && equals > 0 &&
         word.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "abcdefghijklmnopqrstuvwxyz0123456789_") ==
             equals;
}

/// `ccache gcc -c x.c` is gcc's; `ccache -c x.c` has no other name to give.
void stripWrappers(Words &words) {
  std::size_t first = 0;
  const auto isWrapper = [](const std::string &word) {
    return std::ranges::find(compilerWrappers,
                             fs::path(word).filename().string()) !=
           compilerWrappers.end();
  };
  while (first < words.size() &&
         (isWrapper(words[first]) || isAssignment(words[first])))
    ++first;
  if (first < words.size() && !words[first].starts_with('-'))
    words.erase(words.begin(), words.begin() + static_cast<long>(first));
}

bool hasPrecompiled(const fs::path &header) {
  std::error_code ignored;
  return fs::exists(header.string() + ".gch", ignored) ||
         fs::exists(header.string() + ".pch", ignored);
}

} // namespace

std::vector<std::string> clangArguments(const CompileCommand &command,
                                        RemovedFlags &removed) {
  Words words;
  expand(command.arguments, command.directory, 0, words, removed);
  stripWrappers(words);

  Words result;
  for (std::size_t at = 0; at < words.size(); ++at) {
    // A flag for the front end itself and its value have -Xclang before each.
    const bool isInner = words[at] == "-Xclang" && at + 1 < words.size();
    const std::string &word = words[isInner ? at + 1 : at];
    if (const Unwanted *flag = at == 0 ? nullptr : findUnwanted(word)) {
      if (flag->isCounted)
        ++removed[withoutValue(word)];
      at += isInner ? 1 : 0;
      if (flag->hasValue)
        at += isInner ? 2 : 1;
      continue;
    }
    // The driver would take the precompiled header beside the one that is
    // named; the front end does not look for it.
    if (!isInner && word == "-include" && at + 1 < words.size() &&
        hasPrecompiled(fs::path(command.directory) / words[at + 1])) {
      result.insert(result.end(),
                    {"-Xclang", "-include", "-Xclang", words[at + 1]});
      ++at;
      continue;
    }
    result.push_back(words[at]);
    if (isInner)
      result.push_back(words[++at]);
  }
  return result;
}

std::string rejectedFlag(const std::string &message) {
  static const std::regex unknown(
      "(?:unknown argument:? |unsupported option )'([^']+)'.*");
  static const std::regex value(
      "unsupported argument '([^']*)' to option '([^']+)'.*");
  static const std::regex processor("unknown target CPU '([^']+)'.*");
  std::smatch match;
  if (std::regex_match(message, match, unknown))
    return match[1];
  if (std::regex_match(message, match, value))
    return match[2].str() + match[1].str();
  if (std::regex_match(message, match, processor))
    return "CPU=" + match[1].str();
  return "";
}

bool removeFlag(std::vector<std::string> &arguments, const std::string &flag,
                RemovedFlags &removed) {
  const auto isIt = [&](const std::string &word) {
    if (!flag.starts_with("CPU="))
      return word == flag;
    const std::string name = flag.substr(4);
    return word == "-march=" + name || word == "-mtune=" + name ||
           word == "-mcpu=" + name;
  };
  const auto before = arguments.size();
  // The first word is the compiler.
  for (auto word = arguments.begin() + 1; word < arguments.end();) {
    if (!isIt(*word)) {
      ++word;
      continue;
    }
    ++removed[withoutValue(*word)];
    word = arguments.erase(word);
  }
  return arguments.size() != before;
}

} // namespace selfconnect::scan
