//===- sysctl_files.h - what is reserved at the next boot -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_SYSCTL_FILES_H
#define SELFCONNECT_HOST_SYSCTL_FILES_H

#include "selfconnect/reserved_ports.h"

#include <optional>
#include <string>
#include <string_view>

namespace selfconnect::detail {

/// The last value of net.ipv4.ip_local_reserved_ports in the text of a file as
/// sysctl.d(5) has it.
std::optional<std::string> findReservedPorts(std::string_view text);

struct ConfiguredPorts {
  std::string file;
  ReservedPorts reserved;
};

/// Of the files of sysctl.d, and sysctl.conf, the one that has the last word.
std::optional<ConfiguredPorts> readConfiguredPorts();

} // namespace selfconnect::detail

#endif // SELFCONNECT_HOST_SYSCTL_FILES_H
