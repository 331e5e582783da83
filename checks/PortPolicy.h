//===- PortPolicy.h - which ports the user's kernels hand out ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// The options that all checks share, and the words that depend on them.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_PORTPOLICY_H
#define SELFCONNECT_CHECKS_PORTPOLICY_H

#include "analysis/code/Silence.h"
#include "analysis/values/Values.h"
#include "clang-tidy/ClangTidyCheck.h"
#include "selfconnect/prediction.h"
#include "selfconnect/reproduce_note.h"
#include <optional>
#include <string>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

/// A port that a connecting socket can be given.
struct DrawablePort {
  int64_t Port;
  /// What it is one of: the port alone, or an interval in the code.
  IntRange Source;
  SourceLocation Origin;

  /// `port 33334 comes from here`, `ports 33000-33009 come from here`
  std::string explainOrigin() const;
  /// Why the port is not the number in the code; empty where it is.
  std::string explainByteOrder() const;
};

/// EphemeralRange and ReservedPorts as configured for a check.
class PortPolicy {
public:
  /// Reads the options of Check; an unusable value is a configuration error.
  PortPolicy(ClangTidyCheck &Check, const ClangTidyCheck::OptionsView &Options);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  /// The drawable ports of Values, each once; of an interval one, from the
  /// preferred half if it has any.
  std::vector<DrawablePort> getDrawable(const IntValues &Values) const;

  /// Why none of Values is drawable; the first that is known tells.
  Silence findUndrawable(const IntValues &Values) const;

  /// `32768-60999`, `32768-60999 and 49152-65535`
  std::string nameRanges() const;

  /// On the range from which the port is drawn most readily. Source: by which
  /// call the connecting socket is given its port.
  ::selfconnect::Prediction
  predict(int64_t Port, ::selfconnect::SourcePort Source =
                            ::selfconnect::SourcePort::Unbound) const;

  /// `port 33334 is inside the ephemeral port range 32768-60999, in its
  /// preferred half`; for a port that is drawable, in the range from which it
  /// is drawn most readily.
  std::string explain(int64_t Port,
                      ::selfconnect::SourcePort Source =
                          ::selfconnect::SourcePort::Unbound) const;

  /// Whether net.ipv4.ip_local_reserved_ports can keep the port from being
  /// drawn where explain() finds it.
  bool canReserve(int64_t Port) const;

  /// `about 22 % per hour without a server, at one try per second`; empty
  /// where there is nothing to say.
  static std::string predictInWords(const ::selfconnect::Prediction &Prediction,
                                    std::optional<uint64_t> Tries,
                                    std::optional<double> PauseSeconds);

private:
  std::string RawRange;
  std::string RawReserved;
  ::selfconnect::Drawable mayDraw(int64_t Port) const;
  /// The first of Ranges from which the port is drawn most readily.
  const ::selfconnect::PortRange &
  rangeOf(unsigned Port, const ::selfconnect::Drawing &Drawing) const;

  std::vector<::selfconnect::PortRange> Ranges;
  ::selfconnect::ReservedPorts Reserved;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_PORTPOLICY_H
