//===- kept_sockets.h - copies that outlive a sudden death ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_EXEC_KEPT_SOCKETS_H
#define SELFCONNECT_EXEC_KEPT_SOCKETS_H

#include "sandbox/fd.h"

#include <map>
#include <sys/types.h>
#include <utility>
#include <vector>

namespace selfconnect::detail {

/// A process and its descriptor.
using Place = std::pair<pid_t, int>;

/// Copies of the sockets that programs try to connect with. No call tells of a
/// process that a signal kills; what it did with its socket is seen in the
/// copy. Before a call that closes the socket, take the copy back: it would
/// keep the socket open.
class KeptSockets {
public:
  /// Nothing is kept where the end of the socket would not be told.
  void keep(const Place &place, Fd copy);
  /// An empty one if none is kept.
  Fd take(const Place &place);
  /// Those that their process has no longer at their place.
  std::vector<std::pair<Place, Fd>> takeLost();
  void clear() { copies_.clear(); }

private:
  std::map<Place, Fd> copies_;
};

} // namespace selfconnect::detail

#endif // SELFCONNECT_EXEC_KEPT_SOCKETS_H
