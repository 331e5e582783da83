//===- yaml_json.cpp - YAML as values, and back ---------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "yaml_json.h"

#include "../findings/input_file.h"
#include "../findings/yaml_events.h"
#include "selfconnect/error.h"

#include <new>
#include <utility>
#include <yaml.h>

namespace selfconnect::scan {

using OrderedJson = nlohmann::ordered_json;

namespace {

using Kind = YamlEvent::Kind;

/// The value that begins with `first`; the events bound its depth.
OrderedJson readValue(YamlEvents &events, YamlEvent first) {
  switch (first.kind) {
  case Kind::ListStart: {
    OrderedJson list = OrderedJson::array();
    for (YamlEvent item = events.next(); item.kind != Kind::ListEnd;
         item = events.next())
      list.push_back(readValue(events, std::move(item)));
    return list;
  }
  case Kind::MapStart: {
    OrderedJson map = OrderedJson::object();
    for (YamlEvent key = events.next(); key.kind != Kind::MapEnd;
         key = events.next()) {
      if (key.kind != Kind::Scalar)
        throw InputError("a list or map for a key");
      OrderedJson value = readValue(events, events.next());
      map[std::move(key.text)] = std::move(value);
    }
    return map;
  }
  default:
    return first.isNothing ? OrderedJson() : OrderedJson(std::move(first.text));
  }
}

class Writer {
public:
  Writer() {
    if (!yaml_emitter_initialize(&emitter_))
      throw std::bad_alloc();
    yaml_emitter_set_output(&emitter_, append, &text_);
    yaml_emitter_set_unicode(&emitter_, 1);
    yaml_emitter_set_width(&emitter_, -1);
  }
  ~Writer() { yaml_emitter_delete(&emitter_); }
  Writer(const Writer &) = delete;
  Writer &operator=(const Writer &) = delete;

  std::string write(const OrderedJson &document) {
    begin(yaml_stream_start_event_initialize(&event_, YAML_UTF8_ENCODING));
    begin(yaml_document_start_event_initialize(&event_, nullptr, nullptr,
                                               nullptr, /*implicit=*/0));
    value(document);
    begin(yaml_document_end_event_initialize(&event_, /*implicit=*/0));
    begin(yaml_stream_end_event_initialize(&event_));
    return std::move(text_);
  }

private:
  static int append(void *text, unsigned char *piece, std::size_t size) {
    static_cast<std::string *>(text)->append(
        reinterpret_cast<const char *>(piece), size);
    return 1;
  }

  /// Hands on event_, if it was made.
  void begin(int isMade) {
    if (!isMade || !yaml_emitter_emit(&emitter_, &event_))
      throw EnvironmentError(
          std::string("write YAML: ") +
          (emitter_.problem ? emitter_.problem : "text that is not UTF-8"));
  }

  void value(const OrderedJson &json) {
    if (json.is_array()) {
      begin(yaml_sequence_start_event_initialize(&event_, nullptr, nullptr, 1,
                                                 YAML_BLOCK_SEQUENCE_STYLE));
      for (const OrderedJson &each : json)
        value(each);
      begin(yaml_sequence_end_event_initialize(&event_));
    } else if (json.is_object()) {
      begin(yaml_mapping_start_event_initialize(&event_, nullptr, nullptr, 1,
                                                YAML_BLOCK_MAPPING_STYLE));
      for (const auto &[key, each] : json.items()) {
        scalar(key, YAML_PLAIN_SCALAR_STYLE);
        value(each);
      }
      begin(yaml_mapping_end_event_initialize(&event_));
    } else {
      const std::string text = json.is_null() ? "" : json.get<std::string>();
      const bool isNumber =
          !text.empty() &&
          text.find_first_not_of("0123456789") == std::string::npos;
      scalar(text, isNumber ? YAML_PLAIN_SCALAR_STYLE
                            : YAML_SINGLE_QUOTED_SCALAR_STYLE);
    }
  }

  /// In that style, or in another that can say it.
  void scalar(const std::string &text, yaml_scalar_style_t style) {
    begin(yaml_scalar_event_initialize(
        &event_, nullptr, nullptr,
        reinterpret_cast<const yaml_char_t *>(text.data()),
        static_cast<int>(text.size()), 1, 1, style));
  }

  yaml_emitter_t emitter_ = {};
  yaml_event_t event_ = {};
  std::string text_;
};

} // namespace

std::vector<OrderedJson> readYaml(std::string text, std::string name) {
  InputFile input(std::move(text), std::move(name));
  YamlEvents events(input);
  std::vector<OrderedJson> documents;
  for (YamlEvent event = events.next(); event.kind != Kind::StreamEnd;
       event = events.next()) {
    if (event.kind == Kind::DocumentStart)
      documents.push_back(readValue(events, events.next()));
  }
  return documents;
}

std::string writeYaml(const OrderedJson &document) {
  return Writer().write(document);
}

} // namespace selfconnect::scan
