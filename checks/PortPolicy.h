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

#include "clang-tidy/ClangTidyCheck.h"
#include "selfconnect/prediction.h"
#include "selfconnect/reproduce_note.h"
#include <string>

namespace clang {
namespace tidy {
namespace selfconnect {

/// EphemeralRange and ReservedPorts as configured for a check.
class PortPolicy {
public:
  /// Reads the options of Check; an unusable value is a configuration error.
  PortPolicy(ClangTidyCheck &Check, const ClangTidyCheck::OptionsView &Options);

  void store(const ClangTidyCheck::OptionsView &Options,
             ClangTidyOptions::OptionMap &Opts) const;

  /// True if a connecting socket can be given Port, be it only when the host is
  /// busy.
  bool isDrawable(int64_t Port) const;

  ::selfconnect::Prediction predict(int64_t Port) const;

  /// `port 33334 is inside the ephemeral port range 32768-60999, in its
  /// preferred half`; for a port that is drawable.
  std::string explain(int64_t Port) const;

  /// `about 22 % per hour without a server, at one try per second`; empty
  /// where there is nothing to say.
  std::string predictInWords(int64_t Port, std::optional<uint64_t> Tries,
                             std::optional<double> PauseSeconds) const;

private:
  std::string RawRange;
  std::string RawReserved;
  ::selfconnect::PortRange Range;
  ::selfconnect::ReservedPorts Reserved;
};

/// The ports of Values that the policy says can be drawn, each once.
template <typename IntValues>
auto getDrawablePorts(const IntValues &Values, const PortPolicy &Policy) {
  auto Drawable = Values.Known;
  Drawable.clear();
  for (const auto &Item : Values.Known)
    if (Policy.isDrawable(Item.Value) &&
        llvm::none_of(Drawable, [&](const auto &Other) {
          return Other.Value == Item.Value;
        }))
      Drawable.push_back(Item);
  return Drawable;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_PORTPOLICY_H
