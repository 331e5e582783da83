//===- json_text.cpp - JSON as text that is safe to print -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "selfconnect/json_text.h"

namespace selfconnect {

std::string jsonText(const nlohmann::ordered_json &json) {
  constexpr bool asciiAlone = true;
  return json.dump(2, ' ', asciiAlone,
                   nlohmann::ordered_json::error_handler_t::replace) +
         "\n";
}

} // namespace selfconnect
