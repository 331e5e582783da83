//===- prediction.h - can connect() draw this port, and when ----*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
///
/// \file
/// Which ports connect() draws as source ports, and how many tries a retry loop
/// needs on a quiet host until it draws the port that it connects to.
///
/// The model follows __inet_hash_connect() in net/ipv4/inet_hashtables.c: the
/// ports with the parity of the range's low end are walked first (the preferred
/// half), the other half only when none of the first is usable (Linux 4.6 and
/// later, commit 1580ab63fc9a); how the walk moves on depends on the kernel
/// class. A socket that is bound to port 0 first draws by inet_csk_find_open_
/// port() in net/ipv4/inet_connection_sock.c: the other parity first, and at
/// random.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_PREDICTION_H
#define SELFCONNECT_PREDICTION_H

#include "selfconnect/kernel_class.h"
#include "selfconnect/port_range.h"
#include "selfconnect/reserved_ports.h"
#include "selfconnect/tries_model.h"

#include <cstdint>
#include <string>

namespace selfconnect {

/// Whether a socket that connects without a bound port can be given a port.
/// From the least to the most.
enum class Drawable {
  No,            ///< outside the range, or reserved
  WhenExhausted, ///< only when every port considered before it is in use
  Unknown,       ///< inside the range of a system that the model does not know
  Yes,           ///< a candidate of the first walk
};

/// Why.
enum class DrawableReason {
  Candidate,      ///< Drawable::Yes
  OutsideRange,   ///< below low or above high
  Reserved,       ///< in the reserved list
  OtherHalf,      ///< other parity than the range's low end
  LastOfOddRange, ///< the high end of a range with an odd number of ports:
                  ///< drawn only when the port two below it is unusable, of
                  ///< three ports never
  EveryPort,      ///< Drawable::Yes, on a kernel that knows no halves
  PortBelow,      ///< class B: only when the port below it is unusable
  BindFirst,      ///< Drawable::Yes, by bind() to port 0
  BindOtherHalf,  ///< only when bind() to port 0 finds no port of the other
                  ///< parity
  BindUpperHalf,  ///< likewise with SO_REUSEADDR, which looks at the lower half
                  ///< of the range first
  OtherSystem     ///< Drawable::Unknown
};

/// What a client does about its source port before it connects.
enum class SourcePort {
  Unbound,     ///< nothing; connect() draws
  BindAny,     ///< bind() to port 0, on a new socket per try
  BindAnyReuse ///< the same with SO_REUSEADDR
};

/// Who draws, and how.
struct Drawing {
  KernelClass kernelClass = KernelClass::E;
  SourcePort source = SourcePort::Unbound;
};

struct Prediction {
  Drawable possible = Drawable::No;
  DrawableReason reason = DrawableReason::OutsideRange;
  KernelClass kernelClass = KernelClass::E;
  /// Candidates of the first walk, N; reserved ports are not taken off. 0 for
  /// the range of another system.
  unsigned candidates = 0;
  /// Tries until the self-connect; of no candidates unless possible is Yes.
  TriesModel tries;
  /// Tries until the self-connect on a quiet host, from a random start of the
  /// walk. 0 unless possible is Yes.
  double medianTries = 0;
  double meanTries = 0;
  double p99Tries = 0;
};

/// Reserved ports are Linux's: they do not count on the range of another
/// system.
Prediction predict(unsigned port, const PortRange &range,
                   const ReservedPorts &reserved, const Drawing &drawing = {});

/// What predict() says is possible, without the tries.
Drawable mayDraw(unsigned port, const PortRange &range,
                 const ReservedPorts &reserved, const Drawing &drawing = {});

/// 0 for the ports that are drawn from first, 1 for those that come up when all
/// of these are in use, and so on; `port` is inside the range.
unsigned drawingTurn(unsigned port, const PortRange &range,
                     const Drawing &drawing);

/// One line: "port 33334 is inside the ephemeral port range 32768-60999, in its
/// preferred half". Of a range of another system: "port 50000 is inside the
/// ephemeral port range 49152-65535 of windows".
std::string describePort(const Prediction &prediction, unsigned port,
                         const PortRange &range);

} // namespace selfconnect

#endif // SELFCONNECT_PREDICTION_H
