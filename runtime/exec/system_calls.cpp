//===- system_calls.cpp - be told of a program's system calls -------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "system_calls.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <iterator>
#include <limits>
#include <linux/audit.h>
#include <linux/close_range.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <vector>

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

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
constexpr unsigned lowHalf = 0; // where a filter finds an int argument
#else
constexpr unsigned lowHalf = 4;
#endif

/// Besides close(). Not read() nor write(): it would slow down whatever works
/// on files.
constexpr unsigned heldCalls[] = {
    SYS_bind,     SYS_connect,     SYS_recvfrom, SYS_recvmsg,
    SYS_shutdown, SYS_dup3,
#ifdef SYS_dup2
    SYS_dup2,
#endif
    SYS_execve,   SYS_close_range, SYS_execveat, SYS_exit_group,
};

int install(const sock_fprog &program, unsigned long flags) {
  return static_cast<int>(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER,
                                    SECCOMP_FILTER_FLAG_NEW_LISTENER | flags,
                                    &program));
}

/// Family and port of a sockaddr in the memory of another process.
void readAddress(SystemCall &call, std::uint64_t address,
                 std::uint64_t length) {
  unsigned char bytes[sizeof(sockaddr_in6)] = {};
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
  if (call.family != AF_INET && call.family != AF_INET6)
    return;
  call.port = ntohs(common.sin_port);
  sockaddr_in6 wide = {};
  std::memcpy(&wide, bytes, sizeof(wide));
  const void *host = &common.sin_addr;
  if (call.family == AF_INET6)
    host = &wide.sin6_addr;
  char text[INET6_ADDRSTRLEN] = {};
  if (::inet_ntop(call.family, host, text, sizeof(text)))
    call.host = text;
}

/// dup2() and dup3() close what they replace.
void readReplacement(SystemCall &call, int from, int to) {
  call.kind = SystemCall::Kind::Close;
  call.fd = call.lastFd = to;
  if (from == to) // then nothing is closed
    call.lastFd = to - 1;
  call.from = from;
}

void readArguments(SystemCall &call, const seccomp_data &data) {
  const auto &arguments = data.args;
  call.fd = call.lastFd = static_cast<int>(arguments[0]);
  switch (data.nr) {
  case SYS_bind:
    call.kind = SystemCall::Kind::Bind;
    readAddress(call, arguments[1], arguments[2]);
    break;
  case SYS_connect:
    call.kind = SystemCall::Kind::Connect;
    readAddress(call, arguments[1], arguments[2]);
    break;
  case SYS_shutdown:
    // Whoever ends just the reading may go on to write.
    call.kind = static_cast<int>(arguments[1]) == SHUT_RD
                    ? SystemCall::Kind::Receive
                    : SystemCall::Kind::Shutdown;
    break;
  case SYS_close:
    call.kind = SystemCall::Kind::Close;
    break;
#ifdef SYS_dup2
  case SYS_dup2:
#endif
  case SYS_dup3:
    readReplacement(call, call.fd, static_cast<int>(arguments[1]));
    break;
  case SYS_close_range:
    call.kind = SystemCall::Kind::Close;
    call.lastFd = static_cast<int>(
        std::min<std::uint64_t>(arguments[1], std::numeric_limits<int>::max()));
    if (arguments[2] & CLOSE_RANGE_CLOEXEC) // nothing is closed now
      call.lastFd = call.fd - 1;
    break;
  case SYS_execve:
  case SYS_execveat:
    call.kind = SystemCall::Kind::Execute;
    break;
  case SYS_exit_group:
    call.kind = SystemCall::Kind::Exit;
    call.exitCode = static_cast<int>(arguments[0] & 0xff);
    break;
  default:
    call.kind = SystemCall::Kind::Receive;
    break;
  }
}

} // namespace

int filterSystemCalls() {
  constexpr auto arch = offsetof(seccomp_data, arch);
  constexpr auto number = offsetof(seccomp_data, nr);
  constexpr auto descriptor = offsetof(seccomp_data, args[0]) + lowHalf;
  // Each jump names how many instructions it leaps over: if so, if not.
  std::vector<sock_filter> filter = {
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, arch),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, nativeArch, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number),
  };
  for (unsigned call : heldCalls) {
    filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF));
  }
  const sock_filter end[] = {
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_close, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, descriptor),
      BPF_JUMP(BPF_JMP | BPF_JGT | BPF_K, lastHeldDescriptor, 1, 0),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  filter.insert(filter.end(), std::begin(end), std::end(end));
  sock_fprog program = {static_cast<unsigned short>(filter.size()),
                        filter.data()};
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
  readArguments(call, notice.data);
  return call;
}

void SystemCallListener::letGo() const {
  seccomp_notif_resp answer = {};
  answer.id = id_;
  answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
  ::ioctl(listener_.get(), SECCOMP_IOCTL_NOTIF_SEND, &answer);
}

} // namespace selfconnect::detail
