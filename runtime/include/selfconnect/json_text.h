//===- json_text.h - JSON as text that is safe to print ---------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_JSON_TEXT_H
#define SELFCONNECT_JSON_TEXT_H

#include <nlohmann/json.hpp>

#include <string>

namespace selfconnect {

/// Indented JSON with a line end, in ASCII alone: what a file name or a message
/// holds is escaped, so that it disturbs no terminal and a reader of the JSON
/// still gets it. Bytes that are no UTF-8 become U+FFFD.
std::string jsonText(const nlohmann::ordered_json &json);

} // namespace selfconnect

#endif // SELFCONNECT_JSON_TEXT_H
