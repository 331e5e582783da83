//===- fuzz_fixes_yaml.cpp - any bytes as a fixes file --------------------===//
//----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "collect.h"
#include "fixes_yaml.h"

#include "reproduce_command.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

using namespace selfconnect;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data,
                                      std::size_t size) {
  const std::string text(reinterpret_cast<const char *>(data), size);
  try {
    InputFile input(text, "input");
    Collector collector(cli::parseReproduceNote);
    const OtherDiagnostics others =
        readFixesYaml(input, [&](Diagnostic diagnostic) {
          collector.add(std::move(diagnostic), input.name(), std::nullopt);
        });
    collector.finish(others);
  } catch (const InputError &error) {
    if (std::string_view(error.what()).find('\n') != std::string_view::npos)
      std::abort(); // an error is one line, whatever the input
  }
  return 0;
}
