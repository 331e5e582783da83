//===- network_namespace.cpp - a network of our own -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "network_namespace.h"

#include "fd.h"
#include "step.h"

#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace selfconnect::detail {
namespace {

/// Whether the sysctl exists and reads as `value`.
bool sysctlIs(const char *path, const std::string &value) {
  std::ifstream file(path);
  std::string text;
  return std::getline(file, text) && text == value;
}

std::string namespaceMend() {
  if (sysctlIs("/proc/sys/kernel/apparmor_restrict_unprivileged_userns", "1"))
    return "AppArmor restricts user namespaces: run as root, set "
           "kernel.apparmor_restrict_unprivileged_userns=0";
  if (sysctlIs("/proc/sys/kernel/unprivileged_userns_clone", "0"))
    return "user namespaces are for root alone: run as root, set "
           "kernel.unprivileged_userns_clone=1";
  for (const char *name :
       {"max_user_namespaces", "max_net_namespaces", "max_pid_namespaces"})
    if (sysctlIs((std::string("/proc/sys/user/") + name).c_str(), "0"))
      return std::string("raise the sysctl user.") + name;
  return "in a container, allow it (docker run --cap-add=SYS_ADMIN "
         "--security-opt seccomp=unconfined)";
}

void writeOwnFile(const char *path, const std::string &text) {
  Fd file(::open(path, O_WRONLY | O_CLOEXEC));
  if (file && ::write(file.get(), text.data(), text.size()) ==
                  static_cast<ssize_t>(text.size()))
    return;
  int error = errno;
  failNamespace("set up the user namespace", std::string("write ") + path,
                error);
}

/// In the new user namespace this user is root, and nobody else exists.
void mapUser(uid_t user, gid_t group) {
  writeOwnFile("/proc/self/setgroups", "deny");
  writeOwnFile("/proc/self/uid_map", "0 " + std::to_string(user) + " 1");
  writeOwnFile("/proc/self/gid_map", "0 " + std::to_string(group) + " 1");
}

} // namespace

void failNamespace(const std::string &step, const std::string &object,
                   int errorNumber) {
  std::string line =
      describeFailure(step, object, errorNumber, namespaceMend());
  if (isLimit(errorNumber))
    throw EnvironmentError(line);
  throw NamespaceRefused(line);
}

bool enterNetworkNamespace() {
  if (::unshare(CLONE_NEWNET) == 0)
    return false;
  if (int error = errno; error != EPERM)
    failNamespace("make a network namespace", "unshare", error);

  uid_t user = ::geteuid();
  gid_t group = ::getegid();
  if (::unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0)
    failNamespace("make a user and network namespace", "unshare", errno);
  mapUser(user, group);
  return true;
}

} // namespace selfconnect::detail
