//===- program_argument.cpp - "-- PROGRAM ARGS..." ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "program_argument.h"

#include "arguments.h"

#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <cstdlib>
#include <sstream>
#include <sys/stat.h>
#include <unistd.h>

namespace selfconnect::cli {
namespace {

bool isProgram(const std::string &path) {
  struct stat status = {};
  return ::access(path.c_str(), X_OK) == 0 &&
         ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

} // namespace

CLI::Option *addProgramArgument(CLI::App &command,
                                std::vector<std::string> &program) {
  return command
      .add_option(programName, program, "the program and its arguments")
      ->required()
      ->expected(1, CLI::detail::expected_max_vector_size)
      ->type_name("[ARGS...]");
}

std::vector<char *> execArguments(std::vector<std::string> &program) {
  std::vector<char *> arguments;
  for (std::string &word : program)
    arguments.push_back(word.data());
  arguments.push_back(nullptr);
  return arguments;
}

std::string findProgram(const std::string &name) {
  if (name.find('/') != std::string::npos) {
    if (isProgram(name))
      return name;
  } else {
    const char *path = std::getenv("PATH");
    std::istringstream folders(path ? path : "/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');)
      if (std::string file = (folder.empty() ? "." : folder) + "/" + name;
          isProgram(file))
        return file;
  }
  throw InputError("run the program: " + quote(name) +
                   ": there is no such program");
}

} // namespace selfconnect::cli
