// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Ends with 0 if the installed library knows which ports can be drawn.

#include <selfconnect/prediction.h>

#include <string>

int main() {
  std::string error;
  const auto range = selfconnect::parsePortRange("linux", error);
  const auto isDrawn = [&](int port) {
    return selfconnect::predict(port, *range, {}).possible !=
           selfconnect::Drawable::No;
  };
  return range && isDrawn(33334) && !isDrawn(8080) ? 0 : 1;
}
