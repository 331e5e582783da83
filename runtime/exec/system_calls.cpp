//===- system_calls.cpp - be told of a program's system calls -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "system_calls.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#ifndef SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV // Linux 5.19
#define SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV (1UL << 5)
#endif

namespace selfconnect::detail {
namespace {

#if defined(__x86_64__)
constexpr unsigned nativeArch = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr unsigned nativeArch = AUDIT_ARCH_AARCH64;
#elif defined(__riscv) && __riscv_xlen == 64
constexpr unsigned nativeArch = AUDIT_ARCH_RISCV64;
#elif defined(__powerpc64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
constexpr unsigned nativeArch = AUDIT_ARCH_PPC64LE;
#elif defined(__s390x__)
constexpr unsigned nativeArch = AUDIT_ARCH_S390X;
#else
constexpr unsigned nativeArch = 0; // no call is told
#endif

int install(const sock_fprog &program, unsigned long flags) {
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                                    SECCOMP_FILTER_FLAG_NEW_LISTENER | flags,
                                    &program));
}

/// Family and port of a sockaddr in the memory of another process.
void readAddress(SystemCall &call, std::uint64_t address,
                 std::uint64_t length) {
  unsigned char bytes[sizeof(sockaddr_in)] = {};
  length = std::min<std::uint64_t>(length, sizeof(bytes));
  iovec here = {bytes, static_cast<std::size_t>(length)};
  iovec there = {reinterpret_cast<void *>(address),
                 static_cast<std::size_t>(length)};
  if (::process_vm_readv(call.tid, &here, 1, &there, 1, 0) <
      static_cast<ssize_t>(sizeof(sa_family_t)))
    return;
  sockaddr_in common = {}; // the port is at the same place in IPv6
  std::memcpy(&common, bytes, sizeof(common));
  call.family = common.sin_family;
  if (call.family == AF_INET || call.family == AF_INET6)
    call.port = ntohs(common.sin_port);
}

} // namespace

int filterSystemCalls() {
  constexpr auto arch = offsetof(seccomp_data, arch);
  constexpr auto number = offsetof(seccomp_data, nr);
  // Not read(): it would slow down whatever reads files.
  // Each jump names how many instructions it leaps over: if equal, if not.
  sock_filter filter[] = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nativeArch, 0, 6),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_connect, 5, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close, 4, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_exit_group, 3, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_recvfrom, 2, 0),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_recvmsg, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
  };
  sock_fprog program = {static_cast<unsigned short>(std::size(filter)), filter};
  // Without the flag a signal may make the kernel tell of one call twice.
  for (unsigned long flags : {SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, 0UL})
    if (int listener = install(program, flags); listener >= 0)
      return listener;
  // Without privileges, at the price that setuid programs do not work.
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  return install(program, 0);
}

std::optional<SystemCall> SystemCallListener::receive() {
  seccomp_notif notice = {};
  if (::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_RECV, &notice) != 0)
    return std::nullopt;
  id_ = notice.id;
  SystemCall call;
  call.tid = static_cast<pid_t>(notice.pid);
  call.fd = static_cast<int>(notice.data.args[0]);
  switch (notice.data.nr) {
  case SYS_connect:
    call.kind = SystemCall::Kind::Connect;
    readAddress(call, notice.data.args[1], notice.data.args[2]);
    break;
  case SYS_close:
    call.kind = SystemCall::Kind::Close;
    break;
  case SYS_exit_group:
    call.kind = SystemCall::Kind::Exit;
    break;
  default:
    call.kind = SystemCall::Kind::Receive;
    break;
  }
  return call;
}

void SystemCallListener::letGo() const {
  seccomp_notif_resp answer = {};
  answer.id = id_;
  answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

} // namespace selfconnect::detail
