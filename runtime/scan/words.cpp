//===- words.cpp - command lines as words ---------------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "words.h"

namespace selfconnect::scan {

std::optional<std::vector<std::string>> splitWords(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool isInWord = false;
  char quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool isBlank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (c == '\\' && quote != '\'' && at + 1 < text.size()) {
      word += text[++at];
      isInWord = true;
    } else if (quote) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      isInWord = true; // "" is a word, too
    } else if (!isBlank) {
      word += c;
      isInWord = true;
    } else if (isInWord) {
      words.push_back(std::move(word));
      word.clear();
      isInWord = false;
    }
  }
  if (quote)
    return std::nullopt;
  if (isInWord)
    words.push_back(std::move(word));
  return words;
}

} // namespace selfconnect::scan
