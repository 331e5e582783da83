//===- yaml_events.h - YAML as a stream of events ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_YAML_EVENTS_H
#define SELFCONNECT_FINDINGS_YAML_EVENTS_H

#include "input_file.h"

#include <cstdint>
#include <exception>
#include <string>
#include <yaml.h>

namespace selfconnect {

struct YamlEvent {
  enum class Kind {
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Scalar,
    ListStart,
    ListEnd,
    MapStart,
    MapEnd,
  };
  Kind kind = Kind::StreamEnd;
  bool isExplicit = false; ///< of a document: "---" or "..." is written there
  bool isNothing = false;  ///< a scalar that is not written: "key:"
  std::string text;        ///< of a scalar
  std::uint64_t line = 0;  ///< from 1
};

/// Never more of the document in memory than one event: however an input is
/// made, it takes no more than its own size. So there are no aliases, which
/// clang-tidy does not write: one is refused.
class YamlEvents {
public:
  explicit YamlEvents(InputFile &input);
  ~YamlEvents();
  YamlEvents(const YamlEvents &) = delete;
  YamlEvents &operator=(const YamlEvents &) = delete;

  /// Throws InputError where the input is no YAML.
  YamlEvent next();
  /// Passes over the rest of the value that begins with `first`.
  void skip(const YamlEvent &first);

private:
  static int read(void *self, unsigned char *buffer, std::size_t size,
                  std::size_t *got);
  [[noreturn]] void refuseYaml();

  InputFile &input_;
  yaml_parser_t parser_ = {};
  unsigned depth_ = 0;
  bool isExplicit_ = false;    ///< the document that is being read
  std::exception_ptr failure_; ///< of read()
};

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_YAML_EVENTS_H
