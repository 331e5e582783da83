//===- tidy_program.cpp - the clang-tidy that has our checks --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "tidy_program.h"

#include "child_pool.h"

#include "../findings/read_file.h"
#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <regex>
#include <sstream>
#include <sys/wait.h>
#include <unistd.h>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

/// What a program printed; nothing if it did not end well.
struct Answer {
  bool isGood = false;
  std::string output;
  std::string error;
};

Answer ask(std::vector<std::string> arguments, const std::string &scratch) {
  Program program{std::move(arguments), scratch + "/out", scratch + "/err",
                  std::chrono::minutes(1)};
  ChildPool pool;
  pool.start(0, program);
  const Ended ended = pool.next();
  return {WIFEXITED(ended.status) && WEXITSTATUS(ended.status) == 0,
          contentOf(program.outputFile), contentOf(program.errorFile)};
}

std::string firstLine(const std::string &text) {
  return printable(text.substr(0, text.find('\n')));
}

/// Loads `module` into it, or nothing where that is "". On failure returns
/// nothing and sets `reason`.
std::optional<TidyProgram> tryProgram(const std::string &path,
                                      const std::string &module,
                                      const std::string &scratch,
                                      std::string &reason) {
  TidyProgram program{path, module, {}, {}};
  std::vector<std::string> listing = program.command();
  // The empty configuration keeps out a .clang-tidy of the current folder.
  listing.insert(listing.end(),
                 {"--config={}", "--checks=-*,selfconnect-*", "--list-checks"});
  const Answer list = ask(listing, scratch);
  std::istringstream lines(list.output);
  for (std::string line; std::getline(lines, line);) {
    const auto start = line.find_first_not_of(' ');
    if (start != std::string::npos &&
        line.compare(start, 12, "selfconnect-") == 0)
      program.checks.push_back(line.substr(start));
  }
  if (!list.isGood || program.checks.empty()) {
    reason = !list.error.empty() ? firstLine(list.error)
             : list.isGood       ? "it does not list our checks"
                                 : "it failed";
    return std::nullopt;
  }
  program.version = ask({path, "--version"}, scratch).output;
  return program;
}

/// The modules by their LLVM, the newest first.
std::map<unsigned, std::string, std::greater<>>
findModules(const Installation &installation) {
  std::map<unsigned, std::string, std::greater<>> modules;
  static const std::regex name("selfconnect-tidy-([0-9]{1,4})\\.so");
  for (const std::string &folder : installation.moduleFolders) {
    std::error_code failure;
    for (const auto &entry : fs::directory_iterator(folder, failure)) {
      const std::string file = entry.path().filename().string();
      if (std::smatch match; std::regex_match(file, match, name))
        modules.try_emplace(static_cast<unsigned>(std::stoul(match[1].str())),
                            entry.path().string());
    }
  }
  return modules;
}

std::optional<unsigned> majorOf(const std::string &path,
                                const std::string &scratch) {
  static const std::regex version("LLVM version ([0-9]{1,4})\\.");
  const std::string text = ask({path, "--version"}, scratch).output;
  std::smatch match;
  if (!std::regex_search(text, match, version))
    return std::nullopt;
  return static_cast<unsigned>(std::stoul(match[1].str()));
}

TidyProgram findWanted(const std::string &wanted,
                       const Installation &installation,
                       const std::string &scratch) {
  const std::string path = findExecutable(wanted);
  if (path.empty())
    throw InputError("--clang-tidy: " + quote(wanted) +
                     ": there is no such program");
  std::string reason;
  // It may have the module inside.
  if (auto program = tryProgram(path, "", scratch, reason))
    return *program;
  const auto modules = findModules(installation);
  const auto major = majorOf(path, scratch);
  if (major && modules.contains(*major)) {
    if (auto program = tryProgram(path, modules.at(*major), scratch, reason))
      return *program;
    throw EnvironmentError("load the module: " + modules.at(*major) + " into " +
                           path + ": " + reason);
  }
  std::string have;
  for (const auto &[each, file] : modules)
    have += (have.empty() ? "" : ", ") + std::to_string(each);
  throw EnvironmentError(
      "load the module: " + path + " is " +
      (major ? "of LLVM " + std::to_string(*major) : "of an unknown version") +
      ", for which there is no module" +
      (have.empty() ? "" : "; there is one for LLVM " + have));
}

std::string programOfMajor(unsigned major) {
  const std::string number = std::to_string(major);
  for (const std::string &name :
       {"clang-tidy-" + number, "/usr/lib/llvm-" + number + "/bin/clang-tidy"})
    if (std::string path = findExecutable(name); !path.empty())
      return path;
  return "";
}

} // namespace

std::vector<std::string> TidyProgram::command() const {
  if (module.empty())
    return {path};
  return {path, "--load=" + module};
}

std::string TidyProgram::identity() const {
  std::string text = version;
  for (const std::string &file : {path, module}) {
    std::error_code failure;
    const auto size = fs::file_size(file, failure);
    const auto time = fs::last_write_time(file, failure).time_since_epoch();
    text += file + '\n' + std::to_string(failure ? 0 : size) + '\n' +
            std::to_string(time.count()) + '\n';
  }
  return text;
}

std::string findExecutable(const std::string &name) {
  const auto isProgram = [](const fs::path &path) {
    std::error_code failure;
    return fs::is_regular_file(path, failure) &&
           ::access(path.c_str(), X_OK) == 0;
  };
  if (name.find('/') != std::string::npos)
    return isProgram(name) ? fs::absolute(name).lexically_normal().string()
                           : "";
  const char *path = std::getenv("PATH");
  std::istringstream folders(path ? path : "/usr/bin:/bin");
  for (std::string folder; std::getline(folders, folder, ':');)
    if (const fs::path file =
            fs::absolute(folder.empty() ? "." : folder) / name;
        !name.empty() && isProgram(file))
      return file.lexically_normal().string();
  return "";
}

TidyProgram findTidyProgram(const std::string &wanted,
                            const Installation &installation,
                            const std::string &scratch) {
  if (!wanted.empty())
    return findWanted(wanted, installation, scratch);

  std::string failures;
  std::string reason;
  const std::string own =
      findExecutable(installation.binFolder + "/selfconnect-clang-tidy");
  if (!own.empty()) {
    if (auto program = tryProgram(own, "", scratch, reason))
      return *program;
    failures = own + ": " + reason;
  }
  for (const auto &[major, module] : findModules(installation)) {
    const std::string path = programOfMajor(major);
    if (!path.empty())
      if (auto program = tryProgram(path, module, scratch, reason))
        return *program;
    failures += (failures.empty() ? "" : "; ") + module + ": " +
                (path.empty() ? "no clang-tidy-" + std::to_string(major) +
                                    " is installed"
                              : path + ": " + reason);
  }
  throw EnvironmentError(
      "find clang-tidy: " +
      (failures.empty()
           ? "neither selfconnect-clang-tidy nor a module is beside " +
                 installation.binFolder +
                 "/selfconnect; install one, or give "
                 "--clang-tidy PROG"
           : failures));
}

} // namespace selfconnect::scan
