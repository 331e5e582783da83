# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# A toolchain file: a build for another architecture by Debian's cross compilers, with
# its libraries of that architecture, which apt installs beside the machine's own
# (docs/install.md). SELFCONNECT_CROSS is the GNU triplet.

set(CMAKE_TRY_COMPILE_PLATFORM_VARIABLES SELFCONNECT_CROSS)

set(CMAKE_SYSTEM_NAME Linux)
if(SELFCONNECT_CROSS STREQUAL "aarch64-linux-gnu")
  set(CMAKE_SYSTEM_PROCESSOR aarch64)
  set(emulator qemu-aarch64)
elseif(SELFCONNECT_CROSS STREQUAL "arm-linux-gnueabihf")
  set(CMAKE_SYSTEM_PROCESSOR armv7l)
  set(emulator qemu-arm)
else()
  message(FATAL_ERROR "SELFCONNECT_CROSS: give aarch64-linux-gnu or arm-linux-gnueabihf")
endif()

set(CMAKE_C_COMPILER "${SELFCONNECT_CROSS}-gcc")
set(CMAKE_CXX_COMPILER "${SELFCONNECT_CROSS}-g++")
set(PKG_CONFIG_EXECUTABLE "${SELFCONNECT_CROSS}-pkg-config")

# Runs the tests, where it is installed.
find_program(SELFCONNECT_EMULATOR "${emulator}")
if(SELFCONNECT_EMULATOR)
  set(CMAKE_CROSSCOMPILING_EMULATOR "${SELFCONNECT_EMULATOR}" -L "/usr/${SELFCONNECT_CROSS}")
endif()
