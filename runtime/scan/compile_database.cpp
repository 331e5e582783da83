//===- compile_database.cpp - compile_commands.json -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "compile_database.h"

#include "words.h"

#include "../findings/read_file.h"
#include "selfconnect/error.h"
#include "selfconnect/quote.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>

namespace selfconnect::scan {

namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

const char *const makeMend =
    "; make one with cmake -DCMAKE_EXPORT_COMPILE_COMMANDS=ON, or with bear";

[[noreturn]] void refuse(const std::string &what, const std::string &reason) {
  throw InputError("read the compilation database: " + printable(what) + ": " +
                   reason);
}

/// Reads one entry of the list; `refuseEntry` says what is wrong with it.
class EntryReader {
public:
  EntryReader(const std::string &path, std::size_t number, const Json &entry)
      : path_(path), number_(number), entry_(entry) {}

  CompileCommand read() const {
    if (!entry_.is_object())
      refuseEntry("is not an object");
    const fs::path folder = fs::path(path_).parent_path();
    CompileCommand command;
    const fs::path directory = folder / text("directory");
    command.directory = directory.lexically_normal().string();
    command.file = (directory / text("file")).lexically_normal().string();
    command.arguments = arguments();
    return command;
  }

private:
  [[noreturn]] void refuseEntry(const std::string &reason) const {
    refuse(path_, "entry " + std::to_string(number_) + " " + reason +
                      "; let the build system write it again");
  }

  std::string text(const char *key) const {
    const auto found = entry_.find(key);
    if (found == entry_.end())
      refuseEntry("has no \"" + std::string(key) + "\"");
    if (!found->is_string() || found->get_ref<const std::string &>().empty())
      refuseEntry("has a \"" + std::string(key) + "\" that is not a string");
    if (found->get_ref<const std::string &>().find('\0') != std::string::npos)
      refuseEntry("has a \"" + std::string(key) + "\" with a zero byte");
    return found->get<std::string>();
  }

  /// Where both forms are there, "arguments" is the exact one.
  std::vector<std::string> arguments() const {
    std::vector<std::string> words;
    if (const auto list = entry_.find("arguments"); list != entry_.end()) {
      if (!list->is_array() || !std::ranges::all_of(*list, &Json::is_string))
        refuseEntry("has \"arguments\" that are not a list of strings");
      words = list->get<std::vector<std::string>>();
    } else if (entry_.contains("command")) {
      const auto split = splitWords(text("command"));
      if (!split)
        refuseEntry("has a \"command\" with a quote that does not end");
      words = *split;
    } else {
      refuseEntry("has no \"command\" and no \"arguments\"");
    }
    if (words.empty())
      refuseEntry("has a command without words");
    for (const std::string &word : words)
      if (word.find('\0') != std::string::npos)
        refuseEntry("has a command with a zero byte");
    return words;
  }

  const std::string &path_;
  std::size_t number_;
  const Json &entry_;
};

Json parse(const std::string &path, const std::string &content) {
  try {
    return Json::parse(content);
  } catch (const Json::parse_error &error) {
    const std::size_t end = std::min(error.byte, content.size());
    const auto line =
        std::count(content.begin(),
                   content.begin() + static_cast<std::ptrdiff_t>(end), '\n');
    refuse(path + ":" + std::to_string(line + 1),
           std::string("invalid JSON, perhaps cut off") + makeMend);
  }
}

} // namespace

std::string findCompileDatabase(const std::string &build) {
  std::error_code failure;
  const fs::path path = fs::absolute(build, failure).lexically_normal();
  if (fs::is_regular_file(path, failure))
    return path.string();
  if (!fs::is_directory(path, failure))
    throw InputError("read the compilation database: " + printable(build) +
                     ": no such folder; give the build folder, as -p BUILD");
  return (path / "compile_commands.json").lexically_normal().string();
}

std::vector<CompileCommand> readCompileDatabase(const std::string &path) {
  std::string error;
  const auto content = readFile(path, error);
  if (!content)
    refuse(path, error + makeMend);
  if (content->find_first_not_of(" \t\r\n") == std::string::npos)
    refuse(path, std::string("empty") + makeMend);
  const Json list = parse(path, *content);
  if (!list.is_array())
    refuse(path, std::string("JSON, but not a list of commands") + makeMend);
  if (list.empty())
    refuse(path, "it has no commands; build something that is C or C++, or "
                 "give another folder");

  std::vector<CompileCommand> commands;
  std::set<std::tuple<std::string, std::string, std::vector<std::string>>> seen;
  for (std::size_t at = 0; at < list.size(); ++at) {
    CompileCommand command = EntryReader(path, at + 1, list[at]).read();
    if (seen.emplace(command.directory, command.file, command.arguments).second)
      commands.push_back(std::move(command));
  }
  return commands;
}

} // namespace selfconnect::scan
