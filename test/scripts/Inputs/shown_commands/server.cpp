// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
namespace crow {
struct Crow {
  Crow &port(unsigned short number);
};
} // namespace crow

void serve(crow::Crow &app) { app.port(33334); }
