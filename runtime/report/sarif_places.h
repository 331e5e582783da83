//===- sarif_places.h - places, flows and fixes in SARIF's words -*- C++
//-*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPORT_SARIF_PLACES_H
#define SELFCONNECT_REPORT_SARIF_PLACES_H

#include "source_lines.h"
#include "source_root.h"

#include "selfconnect/findings.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace selfconnect {

/// GitHub shows a hundred locations of a result.
inline constexpr std::size_t mostRelated = 100;

/// Turns places of findings into objects of SARIF.
class SarifPlaces {
public:
  /// The name of the folder that URIs are relative to.
  static constexpr const char *base = "SRCROOT";

  explicit SarifPlaces(const SourceRoot &root) : root_(root) {}

  /// A location, with a region of one token. Where the line is not known, the
  /// first one: readers refuse a result without a region.
  nlohmann::ordered_json location(const Place &place);

  /// The same, with the lines around it.
  nlohmann::ordered_json locationInContext(const Place &place);

  /// From the warning through the notes, if they lead into other files; else
  /// null.
  nlohmann::ordered_json codeFlow(const Finding &finding);

  /// The edits of the finding's fix, if there is one that can be placed; else
  /// null.
  nlohmann::ordered_json fix(const Finding &finding);

private:
  nlohmann::ordered_json artifact(const std::string &file) const;
  nlohmann::ordered_json region(const Place &place);
  nlohmann::ordered_json contextRegion(const Place &place);
  nlohmann::ordered_json deletedRegion(const Edit &edit);

  const SourceRoot &root_;
  SourceLines lines_;
};

/// Text as a message has it: harmless, and its brackets make no link.
std::string escapedMessage(std::string_view text);

/// The command as a shell would be told.
std::string shellCommand(const std::vector<std::string> &arguments);

} // namespace selfconnect

#endif // SELFCONNECT_REPORT_SARIF_PLACES_H
