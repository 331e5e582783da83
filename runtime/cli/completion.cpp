//===- completion.cpp - what a shell completes ----------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "completion.h"

#include "arguments.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace selfconnect::cli {
namespace {

/// What a value is completed with.
enum class Values { Words, Files, Folders, Nothing };

struct OptionWords {
  std::vector<std::string> names; ///< with their dashes
  std::string help;
  bool takesValue = false;
  Values values = Values::Nothing;
  std::vector<std::string> words; ///< of Values::Words
};

struct CommandWords {
  std::string name; ///< "" for the program itself
  std::string help;
  std::vector<OptionWords> options;
  Values arguments = Values::Nothing;
  std::size_t beforeProgram = 0; ///< arguments before PROGRAM
  bool takesProgram = false;
  std::vector<std::string> words; ///< of an argument that is one of them
};

/// CLI11 appends "{a,b,c}" to the type of an option that takes one of them.
std::vector<std::string> choicesOf(const CLI::Option &option) {
  const std::string type = option.get_type_name();
  const auto open = type.find('{');
  const auto close = type.find('}', open);
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos)
    return choices;
  std::string_view list(type);
  list = list.substr(open + 1, close - open - 1);
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    choices.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return choices;
}

Values valuesOf(const CLI::Option &option,
                const std::vector<std::string> &choices) {
  const std::string type = option.get_type_name();
  if (!choices.empty())
    return Values::Words;
  if (type.starts_with("FILE"))
    return Values::Files;
  return type.starts_with("DIR") ? Values::Folders : Values::Nothing;
}

OptionWords describe(const CLI::Option &option) {
  OptionWords words;
  for (const std::string &name : option.get_snames())
    words.names.push_back("-" + name);
  for (const std::string &name : option.get_lnames())
    words.names.push_back("--" + name);
  words.help = option.get_description();
  words.takesValue = option.get_expected_min() > 0;
  words.words = choicesOf(option);
  words.values = valuesOf(option, words.words);
  return words;
}

CommandWords describe(const CLI::App &app) {
  CommandWords command;
  command.name = app.get_parent() ? app.get_name() : "";
  command.help = app.get_description();
  std::size_t arguments = 0;
  for (const CLI::Option *option : app.get_options()) {
    if (!option->get_positional()) {
      command.options.push_back(describe(*option));
      continue;
    }
    if (option->get_name() == programName) {
      command.takesProgram = true;
      command.beforeProgram = arguments;
    } else {
      command.words = choicesOf(*option);
      command.arguments = valuesOf(*option, command.words);
    }
    ++arguments;
  }
  return command;
}

/// The program, then its commands.
std::vector<CommandWords> describeAll(const CLI::App &app) {
  std::vector<CommandWords> commands{describe(app)};
  for (const CLI::App *command :
       app.get_subcommands([](const CLI::App *) { return true; }))
    commands.push_back(describe(*command));
  return commands;
}

std::string joined(const std::vector<std::string> &words, const char *between) {
  return fmt::format("{}", fmt::join(words, between));
}

std::string shellQuoted(const std::string &text) {
  std::string result = "'";
  for (const char c : text)
    result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

// --- bash -------------------------------------------------------------------

const char *bashValues(Values values) {
  switch (values) {
  case Values::Files:
    return "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"))";
  case Values::Folders:
    return "compopt -o filenames; COMPREPLY=($(compgen -d -- \"$word\"))";
  case Values::Words:
  case Values::Nothing:
    break;
  }
  return ":";
}

std::string bashWords(const std::string &words) {
  return fmt::format("COMPREPLY=($(compgen -W {} -- \"$word\"))",
                     shellQuoted(words));
}

std::string bashCommand(const CommandWords &command) {
  std::vector<std::string> names;
  std::vector<std::string> withValue;
  std::string values;
  for (const OptionWords &option : command.options) {
    names.insert(names.end(), option.names.begin(), option.names.end());
    if (!option.takesValue)
      continue;
    withValue.insert(withValue.end(), option.names.begin(), option.names.end());
    values += fmt::format("      {}) {} ;;\n", joined(option.names, "|"),
                          option.values == Values::Words
                              ? bashWords(joined(option.words, " "))
                              : bashValues(option.values));
  }
  const std::string arguments = command.arguments == Values::Words
                                    ? bashWords(joined(command.words, " "))
                                    : bashValues(command.arguments);
  std::string text = fmt::format("    {})\n", command.name);
  if (!values.empty())
    text += fmt::format("      case $option in\n{}      *) option= ;;\n"
                        "      esac\n      [[ $option ]] && return\n",
                        values);
  if (command.takesProgram)
    text +=
        fmt::format("      _selfconnect_program {} {} && return\n",
                    command.beforeProgram, shellQuoted(joined(withValue, " ")));
  return text + fmt::format("      if [[ $word == -* ]]; then {}; else {}; fi "
                            ";;\n",
                            bashWords(joined(names, " ")), arguments);
}

std::string bashScript(const std::vector<CommandWords> &commands) {
  std::vector<std::string> names;
  for (std::size_t i = 1; i < commands.size(); ++i)
    names.push_back(commands[i].name);
  std::vector<std::string> options;
  for (const OptionWords &option : commands.front().options)
    options.insert(options.end(), option.names.begin(), option.names.end());
  std::string text = R"(# bash completion for selfconnect

# Where the program that the command runs has begun, its own completion goes on.
# Takes how many arguments stand before it, and the options that have a value.
_selfconnect_program() {
  local at=2 arguments=0 word
  for (( ; at < COMP_CWORD; ++at )); do
    word=${COMP_WORDS[at]}
    if [[ $word == -- ]]; then
      (( ++at )); break
    elif [[ $word == = ]]; then
      (( ++at ))
    elif [[ $word == -* ]]; then
      [[ " $2 " == *" $word "* && ${COMP_WORDS[at+1]} != = ]] && (( ++at ))
    elif (( arguments++ == $1 )); then
      break
    fi
  done
  if (( at > COMP_CWORD )) || [[ ${COMP_WORDS[at]} == -* ]] || (( at == COMP_CWORD && arguments < $1 )); then
    return 1
  elif (( at == COMP_CWORD )); then
    COMPREPLY=($(compgen -c -- "${COMP_WORDS[at]}"))
  elif declare -F _command_offset > /dev/null; then
    _command_offset "$at"
  else
    compopt -o filenames; COMPREPLY=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
  fi
  return 0
}

_selfconnect() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  # "--option=value" comes as three words.
  if [[ $word == = ]]; then
    word=
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[COMP_CWORD-2]}
  fi
  if (( COMP_CWORD == 1 )); then
    )" + bashWords(joined(names, " ") + " " + joined(options, " ")) +
                     R"(
    return
  fi
  case ${COMP_WORDS[1]} in
)";
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += bashCommand(commands[i]);
  return text + "  esac\n}\ncomplete -F _selfconnect selfconnect\n";
}

// --- zsh --------------------------------------------------------------------

/// In "[...]" of _arguments, and in front of a colon.
std::string zshText(const std::string &text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("[]:\\").find(c) != std::string_view::npos)
      result += '\\';
    result += c;
  }
  return result;
}

std::string zshAction(Values values, const std::vector<std::string> &words) {
  switch (values) {
  case Values::Words:
    return "(" + joined(words, " ") + ")";
  case Values::Files:
    return "_files";
  case Values::Folders:
    return "_files -/";
  case Values::Nothing:
    break;
  }
  return " ";
}

std::string zshOption(const OptionWords &option, const std::string &name) {
  // "+" and "=": the value may follow at once, too.
  const char *joint = !option.takesValue       ? ""
                      : name.starts_with("--") ? "="
                                               : "+";
  std::string text = "*" + name + joint + "[" + zshText(option.help) + "]";
  if (option.takesValue)
    text += ":" + name.substr(name.find_first_not_of('-')) + ":" +
            zshAction(option.values, option.words);
  return shellQuoted(text);
}

std::string zshCommand(const CommandWords &command) {
  std::string text = fmt::format("  {})\n    _arguments -S", command.name);
  for (const OptionWords &option : command.options)
    for (const std::string &name : option.names)
      text += " \\\n      " + zshOption(option, name);
  if (command.takesProgram) {
    for (std::size_t i = 0; i < command.beforeProgram; ++i)
      text += " \\\n      '" + std::to_string(i + 1) + ":argument:( )'";
    text += " \\\n      '*::arguments: _normal'";
  } else {
    text += " \\\n      " +
            shellQuoted("*: :" + zshAction(command.arguments, command.words));
  }
  return text + " ;;\n";
}

std::string zshScript(const std::vector<CommandWords> &commands) {
  std::string text = "#compdef selfconnect\n\nlocal -a commands=(\n";
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += "  " +
            shellQuoted(zshText(commands[i].name) + ":" + commands[i].help) +
            "\n";
  text += ")\nlocal state\n_arguments -C";
  for (const OptionWords &option : commands.front().options)
    for (const std::string &name : option.names)
      text += " \\\n  " + zshOption(option, name);
  text += " \\\n  '1: :->command' '*:: :->arguments'\n"
          "case $state in\n"
          "command) _describe command commands; return ;;\n"
          "arguments) ;;\n*) return ;;\nesac\ncase $words[1] in\n";
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += zshCommand(commands[i]);
  return text + "esac\n";
}

// --- fish -------------------------------------------------------------------

std::string fishQuoted(const std::string &text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\')
      result += '\\';
    result += c;
  }
  return result + "'";
}

std::string fishOption(const OptionWords &option) {
  std::string text;
  for (const std::string &name : option.names)
    text += name.starts_with("--") ? " -l " + name.substr(2)
                                   : " -s " + name.substr(1);
  if (option.takesValue) {
    text += " -r";
    if (option.values == Values::Words)
      text += " -a " + fishQuoted(joined(option.words, " "));
    else if (option.values == Values::Files)
      text += " -F";
    else if (option.values == Values::Folders)
      text += " -a '(__fish_complete_directories)'";
  }
  return text + " -d " + fishQuoted(option.help) + "\n";
}

std::string fishScript(const std::vector<CommandWords> &commands) {
  std::string text = "# fish completion for selfconnect\n\n"
                     "complete -c selfconnect -f\n";
  const std::string none = "complete -c selfconnect -n __fish_use_subcommand";
  for (const OptionWords &option : commands.front().options)
    text += none + fishOption(option);
  for (std::size_t i = 1; i < commands.size(); ++i)
    text += none + " -a " + commands[i].name + " -d " +
            fishQuoted(commands[i].help) + "\n";
  for (std::size_t i = 1; i < commands.size(); ++i) {
    const CommandWords &command = commands[i];
    const std::string in = fmt::format(
        "complete -c selfconnect -n '__fish_seen_subcommand_from {}'",
        command.name);
    text += "\n";
    for (const OptionWords &option : command.options)
      text += in + fishOption(option);
    if (command.arguments == Values::Words)
      text += in + " -a " + fishQuoted(joined(command.words, " ")) + "\n";
    else if (command.arguments == Values::Files)
      text += in + " -F\n";
    if (command.takesProgram)
      text += in + " -a '(__fish_complete_subcommand --fcs-skip=" +
              std::to_string(command.beforeProgram + 2) + ")'\n";
  }
  return text;
}

} // namespace

std::string completionScript(const CLI::App &app, const std::string &shell) {
  const std::vector<CommandWords> commands = describeAll(app);
  if (shell == "bash")
    return bashScript(commands);
  return shell == "zsh" ? zshScript(commands) : fishScript(commands);
}

} // namespace selfconnect::cli
