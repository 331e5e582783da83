//===- quote.cpp - show untrusted text in a message -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/quote.h"

#include <algorithm>

namespace selfconnect {
namespace {

struct Character {
  char32_t codePoint = 0;
  std::size_t length = 0; ///< in bytes; 0 where the text is no UTF-8
};

/// Of a text that is not empty.
Character firstCharacter(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80)
    return {lead, 1};
  const std::size_t length = lead >= 0xf8   ? 0
                             : lead >= 0xf0 ? 4
                             : lead >= 0xe0 ? 3
                             : lead >= 0xc0 ? 2
                                            : 0;
  if (length == 0 || length > text.size())
    return {};
  char32_t codePoint = lead & (0x7fU >> length);
  for (const char c : text.substr(1, length - 1)) {
    if ((static_cast<unsigned char>(c) & 0xc0) != 0x80)
      return {};
    codePoint = codePoint << 6 | (static_cast<unsigned char>(c) & 0x3fU);
  }
  constexpr char32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool isSurrogate = codePoint >= 0xd800 && codePoint < 0xe000;
  if (codePoint < shortest[length] || codePoint > 0x10ffff || isSurrogate)
    return {};
  return {codePoint, length};
}

bool disturbsTerminal(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) {
    return c >= first && c <= last;
  };
  return c < 0x20 || within(0x7f, 0x9f) || // control characters
         within(0x2028, 0x2029) ||         // ends of a line
         c == 0x061c || within(0x200e, 0x200f) || within(0x202a, 0x202e) ||
         within(0x2066, 0x206f); // what changes the direction of text
}

bool isBlank(char32_t c) {
  return c == ' ' || c == '\t' || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

/// Turns "##word[" into "##word?".
void disarmCommands(std::string &text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz"
                                       "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (std::size_t at = 0; (at = text.find("##", at)) != text.npos; ++at) {
    const std::size_t end = text.find_first_not_of(letters, at + 2);
    if (end != text.npos && text[end] == '[')
      text[end] = '?';
  }
}

} // namespace

std::string quote(std::string_view text) {
  constexpr std::size_t most = 60;
  constexpr char digits[] = "0123456789abcdef";
  std::string out = "'";
  for (char c : text.substr(0, most)) {
    auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f) {
      out += c;
    } else {
      out += "\\x";
      out += digits[byte >> 4];
      out += digits[byte & 0xf];
    }
  }
  if (text.size() > most)
    out += "...";
  return out + "'";
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character first = firstCharacter(text);
    if (first.length == 0 || disturbsTerminal(first.codePoint))
      out += '?';
    else
      out += text.substr(0, first.length);
    text.remove_prefix(std::max(first.length, std::size_t{1}));
  }
  disarmCommands(out);
  return out;
}

bool isCommandOfCi(std::string_view line) {
  while (!line.empty()) {
    const Character first = firstCharacter(line);
    if (first.length == 0 || !isBlank(first.codePoint))
      break;
    line.remove_prefix(first.length);
  }
  return line.substr(0, 2) == "::";
}

} // namespace selfconnect
