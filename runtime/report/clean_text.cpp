//===- clean_text.cpp - text from outside, made harmless ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "clean_text.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace selfconnect {
namespace {

struct Character {
  std::size_t size = 1;
  char32_t code = 0;
  bool valid = false;
};

/// The character that `text`, which is not empty, begins with.
Character firstOf(std::string_view text) {
  const auto byteAt = [&](std::size_t i) {
    return static_cast<unsigned char>(text[i]);
  };
  const unsigned lead = byteAt(0);
  if (lead < 0x80)
    return {1, lead, true};
  const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};
  if (lead < 0xc2 || lead > 0xf4 || text.size() < size)
    return {};
  char32_t code = lead & (0x7fU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byteAt(i) & 0xc0U) != 0x80)
      return {};
    code = code << 6U | (byteAt(i) & 0x3fU);
  }
  const bool isSurrogate = code >= 0xd800 && code < 0xe000;
  if (code < smallest[size] || code > 0x10ffff || isSurrogate)
    return {};
  return {size, code, true};
}

bool isHarmless(char32_t c) {
  const auto within = [c](char32_t low, char32_t high) {
    return c >= low && c <= high;
  };
  return !within(0, 0x1f) && !within(0x7f, 0x9f) && // C0, DEL, C1
         c != 0xad && c != 0x61c &&                 // soft hyphen, a mark
         !within(0x200b, 0x200f) &&                 // of no width, marks
         !within(0x2028, 0x202e) &&                 // ends of lines, directions
         !within(0x2060, 0x206f) &&                 // isolates and the like
         c != 0xfeff && !within(0xfff9, 0xfffb) &&  // byte order, annotations
         (c & 0xfffeU) != 0xfffe &&                 // no characters at all
         !within(0xfdd0, 0xfdef) &&                 // likewise
         !within(0xe0000, 0xe007f);                 // tags, unseen
}

} // namespace

std::string cleanText(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const Character c = firstOf(text);
    if (c.valid && c.code == '\t')
      clean += ' ';
    else if (c.valid && isHarmless(c.code))
      clean += text.substr(0, c.size);
    else
      clean += "\xef\xbf\xbd"; // U+FFFD
    text.remove_prefix(c.size);
  }
  return clean;
}

std::size_t charactersIn(std::string_view text, std::size_t bytes) {
  text = text.substr(0, std::min(bytes, text.size()));
  std::size_t count = 0;
  for (; !text.empty(); ++count)
    text.remove_prefix(firstOf(text).size);
  return count;
}

} // namespace selfconnect
