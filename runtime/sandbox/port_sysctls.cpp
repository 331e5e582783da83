//===- port_sysctls.cpp - the port settings of a network of our own -------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "port_sysctls.h"

#include "fd.h"
#include "selfconnect/host_ports.h"
#include "step.h"

#include <cerrno>
#include <fcntl.h>
#include <string>
#include <string_view>

namespace selfconnect::detail {
namespace {

const char *const writeMend =
    "in a container /proc/sys may be read-only: run outside of it";

[[noreturn]] void failWriting(const std::string &step, const std::string &path,
                              int error) {
  std::string line = describeFailure(step, path, error, writeMend);
  if (error == EROFS || error == EACCES || error == EPERM)
    throw SettingsReadOnly(line);
  throw EnvironmentError(line);
}

/// A long list of reserved ports is taken in pieces, all through one open file;
/// opening it again would start the list anew.
void writeSysctl(const char *name, std::string text) {
  std::string path = std::string("/proc/sys/net/ipv4/") + name;
  const std::string step = std::string("set net.ipv4.") + name;
  Fd file(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!file)
    failWriting(step, path, errno);
  text += '\n';
  for (std::string_view rest = text; !rest.empty();) {
    ssize_t written = ::write(file.get(), rest.data(), rest.size());
    if (written <= 0)
      failWriting(step, path, written == 0 ? EIO : errno);
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

ReservedPorts currentReserved() {
  std::string error;
  auto reserved = readHostReservedPorts(error);
  if (!reserved)
    throw EnvironmentError(error);
  return *reserved;
}

} // namespace

PortRange currentRange() {
  std::string error;
  auto range = readHostPortRange(error);
  if (!range)
    throw EnvironmentError(error);
  return *range;
}

void writePortSysctls(const PortRange &range, const ReservedPorts &reserved) {
  if (!(currentRange() == range)) {
    constexpr unsigned firstUnprivileged = 1024;
    if (range.low < firstUnprivileged) // else such a range is refused
      writeSysctl("ip_unprivileged_port_start", "0");
    writeSysctl("ip_local_port_range",
                std::to_string(range.low) + "\t" + std::to_string(range.high));
    if (!(currentRange() == range))
      throw EnvironmentError("set net.ipv4.ip_local_port_range: it reads " +
                             currentRange().str() + " after writing " +
                             range.str());
  }
  if (currentReserved().str() != reserved.str()) {
    writeSysctl("ip_local_reserved_ports", reserved.str());
    if (currentReserved().str() != reserved.str())
      throw EnvironmentError("set net.ipv4.ip_local_reserved_ports: it does "
                             "not read what was written");
  }
}

} // namespace selfconnect::detail
