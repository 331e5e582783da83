//===- yaml_events.cpp - YAML as a stream of events -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "yaml_events.h"

#include "diagnostic.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <new>

namespace selfconnect {
namespace {

using Kind = YamlEvent::Kind;

/// clang-tidy's files are six deep.
constexpr unsigned maxDepth = 64;

struct DeleteEvent {
  void operator()(yaml_event_t *event) const { yaml_event_delete(event); }
};

/// Whether the last line is "...", blanks apart.
bool isClosed(std::string_view end) {
  return end.substr(0, end.find_last_not_of(" \t\r\n") + 1).ends_with("\n...");
}

} // namespace

YamlEvents::YamlEvents(InputFile &input) : input_(input) {
  if (!yaml_parser_initialize(&parser_))
    throw std::bad_alloc();
  yaml_parser_set_input(&parser_, read, this);
}

YamlEvents::~YamlEvents() { yaml_parser_delete(&parser_); }

/// Called from C, through which no exception may go.
int YamlEvents::read(void *self, unsigned char *buffer, std::size_t size,
                     std::size_t *got) {
  auto &events = *static_cast<YamlEvents *>(self);
  try {
    const std::string_view piece = events.input_.peek().substr(0, size);
    std::memcpy(buffer, piece.data(), piece.size());
    *got = piece.size();
    events.input_.take(piece.size());
    return 1;
  } catch (...) {
    events.failure_ = std::current_exception();
    return 0;
  }
}

YamlEvent YamlEvents::next() {
  YamlEvent event;
  yaml_event_t raw = {};
  do {
    if (!yaml_parser_parse(&parser_, &raw))
      refuseYaml();
  } while (raw.type == YAML_STREAM_START_EVENT);
  const std::unique_ptr<yaml_event_t, DeleteEvent> owner(&raw);
  event.line = raw.start_mark.line + 1;

  switch (raw.type) {
  case YAML_DOCUMENT_START_EVENT:
    event.kind = Kind::DocumentStart;
    event.isExplicit = !raw.data.document_start.implicit;
    isExplicit_ = event.isExplicit;
    break;
  case YAML_DOCUMENT_END_EVENT:
    event.kind = Kind::DocumentEnd;
    event.isExplicit = !raw.data.document_end.implicit;
    break;
  case YAML_SCALAR_EVENT:
    event.kind = Kind::Scalar;
    event.text.assign(reinterpret_cast<const char *>(raw.data.scalar.value),
                      raw.data.scalar.length);
    event.isNothing =
        event.text.empty() && raw.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    break;
  case YAML_SEQUENCE_START_EVENT:
    event.kind = Kind::ListStart;
    ++depth_;
    break;
  case YAML_SEQUENCE_END_EVENT:
    event.kind = Kind::ListEnd;
    --depth_;
    break;
  case YAML_MAPPING_START_EVENT:
    event.kind = Kind::MapStart;
    ++depth_;
    break;
  case YAML_MAPPING_END_EVENT:
    event.kind = Kind::MapEnd;
    --depth_;
    break;
  case YAML_ALIAS_EVENT:
    refuse(
        input_.name(), event.line,
        "alias (*" +
            std::string(reinterpret_cast<const char *>(raw.data.alias.anchor)) +
            "), which clang-tidy does not write" + againMend);
  case YAML_STREAM_START_EVENT:
  case YAML_STREAM_END_EVENT:
  case YAML_NO_EVENT:
    event.kind = Kind::StreamEnd;
    break;
  }
  if (depth_ > maxDepth)
    refuse(input_.name(), event.line,
           "nested deeper than what clang-tidy writes" +
               std::string(againMend));
  return event;
}

void YamlEvents::skip(const YamlEvent &first) {
  unsigned open = 0;
  for (Kind kind = first.kind;; kind = next().kind) {
    open += kind == Kind::ListStart || kind == Kind::MapStart;
    open -= kind == Kind::ListEnd || kind == Kind::MapEnd;
    if (open == 0)
      return;
  }
}

void YamlEvents::refuseYaml() {
  if (failure_)
    std::rethrow_exception(failure_);
  if (parser_.error == YAML_MEMORY_ERROR)
    throw std::bad_alloc();
  const bool isOfReader = parser_.error == YAML_READER_ERROR;
  const std::uint64_t line = isOfReader ? input_.lineOf(parser_.problem_offset)
                                        : parser_.problem_mark.line + 1;
  // What clang-tidy wrote is more likely cut off than wrong.
  while (!input_.peek().empty())
    input_.take(input_.peek().size());
  if (isExplicit_ && !isClosed(input_.end()))
    refuse(input_.name(), line,
           std::string("fixes file is cut off: it opens with '---' but lacks "
                       "the closing '...'") +
               againMend);
  refuse(input_.name(), line,
         "invalid YAML, perhaps cut off (" + std::string(parser_.problem) +
             ")" + againMend);
}

} // namespace selfconnect
