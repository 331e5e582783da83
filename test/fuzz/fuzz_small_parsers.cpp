//===- fuzz_small_parsers.cpp - notes, targets, ranges, lists -------------===//
//---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// What one of these parsers accepts, it must write in a form that it reads
// again to the same value.
//
//===----------------------------------------------------------------------===//

#include "reproduce_command.h"
#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace selfconnect;

namespace {

void require(bool condition) {
  if (!condition)
    std::abort();
}

/// An error is one line, whatever the input.
void requireOneLine(const std::string &error) {
  require(!error.empty() && error.find('\n') == std::string::npos);
}

void fuzzNote(std::string_view text) {
  std::string error;
  const auto note = cli::parseReproduceNote(text, error);
  if (!note) // the words are the option parser's; who reports them, cleans them
    return require(!error.empty());
  const std::string command = note->str().substr(reproduceNotePrefix.size());
  const auto again = cli::parseReproduceNote(command, error);
  require(again && again->str() == note->str());
}

void fuzzTarget(std::string_view text) {
  std::string error;
  const auto target = parseTarget(text, error);
  if (!target)
    return requireOneLine(error);
  const auto again = parseTarget(target->str(), error);
  require(again && *again == *target);
}

void fuzzRange(std::string_view text) {
  std::string error;
  const auto range = parsePortRange(text, error);
  if (!range)
    return requireOneLine(error);
  require(range->low >= 1 && range->low <= range->high);
  require(parsePortRange(range->str(), error) == range);
}

void fuzzReserved(std::string_view text) {
  std::string error;
  const auto reserved = parseReservedPorts(text, error);
  if (!reserved)
    return requireOneLine(error);
  const auto again = parseReservedPorts(reserved->str(), error);
  require(again && again->ranges() == reserved->ranges());
}

} // namespace

/// The first byte chooses the parser.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data,
                                      std::size_t size) {
  if (size == 0)
    return 0;
  const std::string_view text(reinterpret_cast<const char *>(data) + 1,
                              size - 1);
  switch (data[0]) {
  case 'n':
    fuzzNote(text);
    break;
  case 't':
    fuzzTarget(text);
    break;
  case 'r':
    fuzzRange(text);
    break;
  case 'l':
    fuzzReserved(text);
    break;
  default:
    return -1; // not worth a place in the corpus
  }
  return 0;
}
