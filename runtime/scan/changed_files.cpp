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
                           ": what it says cannot be read: " + error);
  return *std::move(output);
}

void addPaths(const std::string &list, const fs::path &top,
              std::set<std::string> &paths) {
  for (std::size_t at = 0; at < list.size();) {
    const auto end = std::min(list.find('\0', at), list.size());
    paths.insert(
        fs::weakly_canonical(top / list.substr(at, end - at)).string());
    at = end + 1;
  }
}

} // namespace

std::set<std::string> changedFiles(const std::string &base) {
  if (base.empty() || base.front() == '-')
    throw InputError("--diff: " + quote(base) + " is no commit");
  std::string top = git({"rev-parse", "--show-toplevel"});
  if (top.ends_with('\n'))
    top.pop_back();
  std::set<std::string> paths;
  addPaths(git({"diff", "--name-only", "--no-renames", "-z", base, "--"}), top,
           paths);
  addPaths(git({"ls-files", "--others", "--exclude-standard", "--full-name",
                "-z", "--", ":/"}),
           top, paths);
  return paths;
}

} // namespace selfconnect::scan
