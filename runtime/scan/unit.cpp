//===- unit.cpp - one job of a scan ---------------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "unit.h"

#include "digest.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>
#include <set>
#include <string_view>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

/// What databases hold besides C and C++.
bool isOtherLanguage(const std::string &file) {
  constexpr std::array<std::string_view, 14> extensions = {
      ".s",   ".S",   ".asm", ".nasm", ".f",  ".F",   ".for",
      ".f90", ".F90", ".f95", ".f03",  ".rc", ".res", ".swift"};
  return std::ranges::find(extensions, fs::path(file).extension().string()) !=
         extensions.end();
}

std::string resolved(const fs::path &path) {
  std::error_code failure;
  const fs::path real = fs::weakly_canonical(path, failure);
  return failure ? path.lexically_normal().string() : real.string();
}

/// The checks compare the folder of the file with those of others.
void nameFileWhole(CompileCommand &command) {
  for (std::string &argument : command.arguments)
    if (!argument.starts_with('-') && &argument != &command.arguments.front() &&
        (fs::path(command.directory) / argument).lexically_normal() ==
            command.file)
      argument = command.file;
}

} // namespace

std::vector<Unit> makeUnits(std::vector<CompileCommand> commands,
                            const std::string &root) {
  // Commands of one file stay in the order of the database.
  std::multimap<std::string, CompileCommand> byFile;
  for (CompileCommand &command : commands)
    byFile.emplace(command.file, std::move(command));
  std::vector<Unit> units;
  std::map<std::string, unsigned> count;
  for (auto &[name, command] : byFile) {
    if (isOtherLanguage(command.file))
      continue;
    Unit unit;
    const std::string relative =
        fs::path(command.file).lexically_relative(root).string();
    unit.id = digest(relative + '\n' + std::to_string(count[command.file]++))
                  .substr(0, 32);
    std::error_code failure;
    if (!fs::exists(command.file, failure)) {
      unit.failure = "No such file or directory";
    } else if (!fs::is_directory(command.directory, failure)) {
      unit.failure = "its build folder " + printable(command.directory) +
                     " is not a directory";
    } else {
      try {
        command.arguments = clangArguments(command, unit.removed);
        nameFileWhole(command);
      } catch (const InputError &error) {
        unit.failure = error.what();
      }
    }
    unit.command = std::move(command);
    units.push_back(std::move(unit));
  }
  return units;
}

std::vector<std::size_t> chooseUnits(const std::vector<Unit> &units,
                                     const std::vector<std::string> &paths) {
  std::multimap<std::string, std::size_t> byPath;
  for (std::size_t at = 0; at < units.size(); ++at) {
    const std::string &file = units[at].command.file;
    byPath.emplace(file, at);
    if (const std::string real = resolved(file); real != file)
      byPath.emplace(real, at);
  }
  std::set<std::size_t> chosen;
  for (const std::string &path : paths) {
    if (path.empty())
      throw InputError("scan: '' names no file");
    const fs::path absolute = fs::absolute(path).lexically_normal();
    bool isKnown = false;
    for (const std::string &name : {absolute.string(), resolved(absolute)}) {
      std::string folder = name;
      if (!folder.ends_with('/'))
        folder += '/';
      const auto [first, last] = byPath.equal_range(name);
      for (auto each = first; each != last; ++each)
        chosen.insert(each->second);
      isKnown |= first != last;
      for (auto each = byPath.lower_bound(folder);
           each != byPath.end() && each->first.starts_with(folder); ++each) {
        chosen.insert(each->second);
        isKnown = true;
      }
    }
    if (!isKnown)
      throw InputError(
          "scan: " + printable(path) +
          ": the compilation database does not list it; give source files, not "
          "headers, or configure the build again");
  }
  return {chosen.begin(), chosen.end()};
}

} // namespace selfconnect::scan
