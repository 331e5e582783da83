//===- yaml_json.h - YAML as values, and back -------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// For the YAML that clang-tidy reads and writes: maps, lists and texts. JSON
/// holds them; numbers are texts, and what is not written is null.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SCAN_YAML_JSON_H
#define SELFCONNECT_SCAN_YAML_JSON_H

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace selfconnect::scan {

/// The documents of `text`; `name` stands for it in messages. Throws
/// InputError.
std::vector<nlohmann::ordered_json> readYaml(std::string text,
                                             std::string name);

/// One document, from "---" to "...".
std::string writeYaml(const nlohmann::ordered_json &document);

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_YAML_JSON_H
