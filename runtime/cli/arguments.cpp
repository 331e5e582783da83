//===- arguments.cpp - the words of the command line ----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "arguments.h"

#include "selfconnect/quote.h"

#include <optional>

namespace selfconnect::cli {
namespace {

/// What the words are to a command.
struct Reading {
  const CLI::App *command = nullptr; ///< the last that is named
  std::string unknown;               ///< the first option that is none
  std::size_t program =
      0; ///< where PROGRAM stands, or how many words there are
};

/// "--range=linux" is --range, "-j4" is -j.
std::string nameOf(const std::string &word) {
  return word.starts_with("--") ? word.substr(0, word.find('='))
                                : word.substr(0, 2);
}

/// How many arguments stand before PROGRAM; none: there is no PROGRAM.
std::optional<std::size_t> argumentsBeforeProgram(const CLI::App &command) {
  std::size_t count = 0;
  for (const CLI::Option *option : command.get_options()) {
    if (option->get_name() == programName)
      return count;
    count += option->get_positional();
  }
  return std::nullopt;
}

Reading readWords(const CLI::App &app, const std::vector<std::string> &words) {
  Reading reading;
  reading.command = &app;
  reading.program = words.size();
  std::size_t arguments = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string &word = words[i];
    if (word == "--")
      break;
    if (word.size() > 1 && word.front() == '-') {
      const std::string name = nameOf(word);
      const CLI::Option *option = reading.command->get_option_no_throw(name);
      if (!option && reading.unknown.empty())
        reading.unknown = name;
      if (option && option->get_expected_min() > 0 && word == name)
        ++i; // its value
      continue;
    }
    if (reading.command == &app) {
      const auto isNamed = [&](const CLI::App *each) {
        return each->get_name() == word;
      };
      const auto named = app.get_subcommands(isNamed);
      if (named.empty())
        break;
      reading.command = named.front();
      continue;
    }
    if (arguments++ == argumentsBeforeProgram(*reading.command)) {
      reading.program = i;
      break;
    }
  }
  return reading;
}

} // namespace

std::vector<std::string> withProgramMark(const CLI::App &app,
                                         std::vector<std::string> words) {
  const std::size_t program = readWords(app, words).program;
  if (program < words.size())
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(program), "--");
  return words;
}

std::string unknownOption(const CLI::App &app,
                          const std::vector<std::string> &words) {
  const Reading reading = readWords(app, words);
  if (reading.unknown.empty())
    return "";
  const std::string command =
      reading.command == &app ? "" : " " + reading.command->get_name();
  return "unknown option " + quote(reading.unknown) + "; selfconnect" +
         command + " --help lists them";
}

} // namespace selfconnect::cli
