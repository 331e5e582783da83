// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
namespace restbed {
struct Settings {
  void set_port(unsigned short value);
};
} // namespace restbed

void serve(restbed::Settings &settings) { settings.set_port(33334); }
