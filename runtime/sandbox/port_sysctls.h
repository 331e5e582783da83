//===- port_sysctls.h - the port settings of a network of our own *- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_PORT_SYSCTLS_H
#define SELFCONNECT_SANDBOX_PORT_SYSCTLS_H

#include "selfconnect/error.h"
#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"

namespace selfconnect::detail {

/// The settings may not be written: /proc/sys is read-only, or not ours.
class SettingsReadOnly : public EnvironmentError {
public:
  using EnvironmentError::EnvironmentError;
};

/// The range of the network namespace that the calling process is in. Throws
/// EnvironmentError.
PortRange currentRange();

/// Writes the range and the reserved ports of the network namespace that the
/// calling process is in, and reads them back. What is right already is not
/// written: /proc/sys may be read-only. Never call it outside a namespace of
/// our own. Throws SettingsReadOnly, or else EnvironmentError.
void writePortSysctls(const PortRange &range, const ReservedPorts &reserved);

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_PORT_SYSCTLS_H
