//===- cgroup.h - the unit or container of a process ------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_HOST_CGROUP_H
#define SELFCONNECT_HOST_CGROUP_H

#include <string>
#include <string_view>

namespace selfconnect::detail {

struct CgroupOwner {
  std::string unit;      ///< of systemd: "nginx.service"; empty: none
  std::string container; ///< a name, or the first digits of its id; likewise
};

/// From the text of /proc/PID/cgroup, of either version.
CgroupOwner parseCgroup(std::string_view text);

} // namespace selfconnect::detail

#endif // SELFCONNECT_HOST_CGROUP_H
