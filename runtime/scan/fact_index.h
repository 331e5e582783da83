//===- fact_index.h - who says what of which name ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef SELFCONNECT_SCAN_FACT_INDEX_H
#define SELFCONNECT_SCAN_FACT_INDEX_H

#include "summary.h"

#include <map>
#include <set>
#include <string>
#include <utility>

namespace selfconnect::scan {

/// A name whose facts one unit changes more often than that in one scan is
/// unknown from then on: files that call each other could otherwise go on for
/// ever. A chain of calls through many files changes each name once or twice.
constexpr unsigned mostChanges = 8;

/// What wishes come to: two digests, equal as long as the answers are.
struct Seen {
  std::string facts;
  std::string places;

  friend bool operator==(const Seen &, const Seen &) = default;
};

/// All rows of a project by name, in memory.
class FactIndex {
public:
  /// Unit ids with their rows of one name.
  using Rows = std::map<std::string, NamedRows>;

  /// Takes the rows of `unit` in place of those that it had. Remembers which
  /// names changed, and counts how often.
  void put(const std::string &unit, const Summary &summary);
  /// The unit has no rows any more; that is no change in the sense of
  /// mostChanges.
  void remove(const std::string &unit);

  /// What a unit with these wishes is told now. Its own rows do not count.
  [[nodiscard]] Seen see(const std::string &unit,
                         const std::set<std::string> &wishes) const;

  /// Null where nothing is known of the name, or it is withheld.
  [[nodiscard]] const Rows *find(const std::string &hash) const;
  /// Where the rows of `unit` come from: its main file and root.
  [[nodiscard]] const std::string &mainOf(const std::string &unit) const;
  [[nodiscard]] const std::string &rootOf(const std::string &unit) const;

  /// The names whose files are to be written again; empties the list.
  std::set<std::string> takeChanged();
  /// All names that have rows.
  [[nodiscard]] std::set<std::string> names() const;

  /// Names that did not come to rest.
  [[nodiscard]] const std::set<std::string> &withheld() const {
    return withheld_;
  }
  /// Begins with what an earlier scan left: what was put until now is no
  /// change.
  void begin(std::set<std::string> withheld);

private:
  struct Origin {
    std::string main;
    std::string root;
    std::set<std::string> names;
  };
  using Counts = std::map<std::pair<std::string, std::string>, unsigned>;
  void count(const std::string &hash, const std::string &unit,
             bool isFactChange);

  std::map<std::string, Rows> rows_; ///< by name hash
  std::map<std::string, Origin> origins_;
  Counts factChanges_; ///< by name hash and unit
  Counts placeChanges_;
  std::set<std::string> changed_;
  std::set<std::string> withheld_;
};

} // namespace selfconnect::scan

#endif // SELFCONNECT_SCAN_FACT_INDEX_H
