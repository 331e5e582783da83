//===- changed_files.cpp - what version control says has changed ----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "changed_files.h"

#include "child_pool.h"
#include "scratch_folder.h"
#include "tidy_program.h"

#include "../findings/read_file.h"
#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <filesystem>
#include <sys/wait.h>
#include <vector>

namespace selfconnect::scan {

namespace fs = std::filesystem;

namespace {

std::string git(std::vector<std::string> arguments) {
  const std::string path = findExecutable("git");
  if (path.empty())
    throw EnvironmentError("--diff: git: there is no such program; install it");
  arguments.insert(arguments.begin(), path);
  const ScratchFolder scratch;
  const Program program{arguments, (scratch.path() / "out").string(),
                        (scratch.path() / "err").string()};
  ChildPool pool;
  pool.start(0, program);
  const int status = pool.next().status;
  std::string error;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    const std::string said = readFile(program.errorFile, error).value_or("");
    throw InputError("--diff: git " + arguments[1] + ": " +
                     printable(said.substr(0, said.find('\n'))) +
                     "; run it in the work tree, and name a commit of it");
  }
  auto output = readFile(program.outputFile, error);
  if (!output)
    throw EnvironmentError("--diff: git " + arguments[1] +
                           ": its output cannot be read: " + error);
  return *std::move(output);
}

/// What `git ... -z` lists.
std::vector<std::string> split(const std::string &list) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find('\0', at), list.size());
    parts.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

void addPaths(const std::string &list, const fs::path &top,
              std::set<std::string> &paths) {
  for (const std::string &part : split(list))
    paths.insert(fs::weakly_canonical(top / part).string());
}

/// The folder that paths in the output of Git start from.
fs::path topFolder() {
  std::string top = git({"rev-parse", "--show-toplevel"});
  if (top.ends_with('\n'))
    top.pop_back();
  return top;
}

} // namespace

std::set<std::string> changedFiles(const std::string &base) {
  if (base.empty() || base.front() == '-')
    throw InputError("--diff: " + quote(base) + " is not a commit");
  const fs::path top = topFolder();
  std::set<std::string> paths;
  addPaths(git({"diff", "--name-only", "--no-renames", "-z", base, "--"}), top,
           paths);
  addPaths(git({"ls-files", "--others", "--exclude-standard", "--full-name",
                "-z", "--", ":/"}),
           top, paths);
  return paths;
}

std::map<std::string, std::string> renamedFiles(const std::string &base) {
  const fs::path top = topFolder();
  // A status, the old name, the new one.
  const std::vector<std::string> parts =
      split(git({"diff", "--name-status", "--find-renames", "--diff-filter=R",
                 "-z", base, "--"}));
  std::map<std::string, std::string> renamed;
  for (std::size_t at = 0; at + 2 < parts.size(); at += 3)
    renamed[fs::weakly_canonical(top / parts[at + 2]).string()] =
        fs::weakly_canonical(top / parts[at + 1]).string();
  return renamed;
}

} // namespace selfconnect::scan
