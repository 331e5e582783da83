//===- TargetConstants.h - numbers of the target ----------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What the target's headers call by a name and the code under analysis has as
/// a number: ECONNREFUSED is 111 on most Linux systems, 146 on MIPS, 61 on BSD.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_TARGETCONSTANTS_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_TARGETCONSTANTS_H

#include <cstdint>

namespace clang {
class Preprocessor;

namespace tidy {
namespace selfconnect {

class TranslationUnit;

/// Where the file does not include the header that has a name, it has the value
/// of Linux's asm-generic.
struct TargetConstants {
  int64_t ConnectionRefused = 111; ///< ECONNREFUSED
  int64_t InProgress = 115;        ///< EINPROGRESS
  int64_t Inet = 2;                ///< AF_INET
  int64_t Inet6 = 10;              ///< AF_INET6
  int64_t Stream = 1;              ///< SOCK_STREAM
  int64_t Datagram = 2;            ///< SOCK_DGRAM
  int64_t SocketNonblock = 04000;  ///< SOCK_NONBLOCK
  int64_t SocketLevel = 1;         ///< SOL_SOCKET
  int64_t SocketError = 4;         ///< SO_ERROR
  int64_t ReuseAddress = 2;        ///< SO_REUSEADDR
  int64_t OpenNonblock = 04000;    ///< O_NONBLOCK
  int64_t SetFlags = 4;            ///< F_SETFL
  int64_t SetNonblock = 0x5421;    ///< FIONBIO

  /// Takes those that the file has as macros for a number or an enumerator.
  static void read(TranslationUnit &Unit, const Preprocessor &PP);
  static const TargetConstants &of(TranslationUnit &Unit);
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_TARGETCONSTANTS_H
