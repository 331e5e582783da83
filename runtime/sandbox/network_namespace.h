//===- network_namespace.h - a network of our own ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_SANDBOX_NETWORK_NAMESPACE_H
#define SELFCONNECT_SANDBOX_NETWORK_NAMESPACE_H

#include "selfconnect/error.h"
#include "socket_address.h"

#include <string>

namespace selfconnect::detail {

/// This machine does not permit a network of our own.
class NamespaceRefused : public EnvironmentError {
public:
  using EnvironmentError::EnvironmentError;
};

/// Moves the calling process into a new network namespace with nothing in it
/// but a loopback interface that is down; with a user namespace around it where
/// the process may not do so otherwise. Throws NamespaceRefused.
/// \returns whether there is a user namespace around it.
bool enterNetworkNamespace();

/// Throws NamespaceRefused with what the machine has against namespaces, and
/// what to do; EnvironmentError where that is a limit of the process.
[[noreturn]] void failNamespace(const std::string &step,
                                const std::string &object, int errorNumber);

/// Brings the loopback interface of the calling process's network namespace up.
void raiseLoopback();

/// Gives the loopback interface one more address, so that an address of this
/// host exists in the namespace too.
void addToLoopback(const SocketAddress &address);

/// Gives the loopback interface two addresses of one subnet of 256: the second
/// is then a secondary one, as which the kernel prefers the first as a source.
void addSubnetToLoopback(const SocketAddress &first,
                         const SocketAddress &second);

} // namespace selfconnect::detail

#endif // SELFCONNECT_SANDBOX_NETWORK_NAMESPACE_H
