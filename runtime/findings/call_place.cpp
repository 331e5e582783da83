//===- call_place.cpp - does a call stand at a place? ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "call_place.h"

#include <algorithm>

namespace selfconnect {
namespace {

/// No call has more before its parenthesis.
constexpr std::size_t longest = 4096;

bool isOfName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool isMacro(std::string_view name) {
  const auto has = [name](char first, char last) {
    return std::ranges::any_of(name,
                               [=](char c) { return c >= first && c <= last; });
  };
  return has('A', 'Z') && !has('a', 'z');
}

/// What stands between the names of a call: "net::dial", "this->dial", "a.b",
/// "Client client(", "f /* here */ (".
void skipBetween(std::string_view &text) {
  while (!text.empty()) {
    if (text.starts_with("/*")) {
      const auto end = text.find("*/", 2);
      text.remove_prefix(end == text.npos ? text.size() : end + 2);
    } else if (text.starts_with("//")) {
      text.remove_prefix(std::min(text.find('\n'), text.size()));
    } else if (text.starts_with("->")) {
      text.remove_prefix(2);
    } else if (std::string_view(" \t\r\n\\:.").find(text.front()) !=
               std::string_view::npos) {
      text.remove_prefix(1);
    } else {
      return;
    }
  }
}

/// "<...>" and "[...]" with what is in it.
bool skipBrackets(std::string_view &text) {
  const char open = text.front();
  const char close = open == '<' ? '>' : ']';
  std::size_t depth = 0;
  for (std::size_t at = 0; at < text.size() && text[at] != ';'; ++at) {
    depth += text[at] == open;
    depth -= text[at] == close;
    if (depth == 0) {
      text.remove_prefix(at + 1);
      return true;
    }
  }
  return false;
}

/// Whether a type stands before the name at `offset`: a constructor may be
/// called there.
bool isDeclared(std::string_view source, std::size_t offset) {
  const auto last = source.substr(0, offset).find_last_not_of(" \t\r\n");
  return last != source.npos && last + 1 < offset &&
         (isOfName(source[last]) || source[last] == '>');
}

/// What may follow a name that a constructor makes: "client;", "client = {".
bool isConstructed(std::string_view text) {
  if (text.front() != '=')
    return text.front() == ';' || text.front() == ',';
  const auto value = text.find_first_not_of(" \t\r\n", 1);
  return value != text.npos && text[value] == '{';
}

} // namespace

bool beginsCall(std::string_view source, std::size_t offset) {
  if (offset >= source.size())
    return false;
  if (offset > 0 && isOfName(source[offset - 1]))
    return false; // in the midst of a name
  std::string_view text = source.substr(offset, longest);
  if (std::string_view("([{*").find(text.front()) != std::string_view::npos)
    return true; // "(*call)(", "[&] { ... }(", "return {host, port};"
  if (!isOfName(text.front()) && !text.starts_with("::"))
    return false;
  if (text.front() >= '0' && text.front() <= '9')
    return false;
  std::string_view name;
  for (;;) {
    skipBetween(text);
    if (text.empty())
      return isMacro(name);
    if (text.front() == '(' || text.front() == '{')
      return true;
    if (isOfName(text.front())) {
      const auto end = std::ranges::find_if_not(text, isOfName);
      name = text.substr(0, static_cast<std::size_t>(end - text.begin()));
      text.remove_prefix(name.size());
    } else if ((text.front() != '<' && text.front() != '[') ||
               !skipBrackets(text)) {
      return isMacro(name) || // "RETRY;"
             (isDeclared(source, offset) && isConstructed(text));
    }
  }
}

} // namespace selfconnect
