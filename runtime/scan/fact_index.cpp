//===- fact_index.cpp - who says what of which name -----------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "fact_index.h"

#include "digest.h"

namespace selfconnect::scan {

void FactIndex::put(const std::string &unit, const Summary &summary) {
  Origin &origin = origins_[unit];
  origin.main = summary.main;
  origin.root = summary.root;
  std::set<std::string> hashes = std::move(origin.names);
  origin.names.clear();
  for (const auto &[hash, named] : summary.names)
    hashes.insert(hash);

  for (const std::string &hash : hashes) {
    const auto now = summary.names.find(hash);
    Rows &rows = rows_[hash];
    const auto before = rows.find(unit);
    const bool isThere = now != summary.names.end();
    // Two names with one hash: the first one stays.
    const bool isOther = isThere && !rows.empty() &&
                         rows.begin()->second.name != now->second.name &&
                         (rows.size() > 1 || before == rows.end());
    if (!isThere || isOther) {
      if (before != rows.end()) {
        rows.erase(before);
        count(hash, unit, true);
      }
      if (rows.empty())
        rows_.erase(hash);
      continue;
    }
    origin.names.insert(hash);
    if (before == rows.end() || before->second.facts != now->second.facts)
      count(hash, unit, true);
    else if (before->second.places != now->second.places)
      count(hash, unit, false);
    rows[unit] = now->second;
  }
}

void FactIndex::remove(const std::string &unit) {
  const auto origin = origins_.find(unit);
  if (origin == origins_.end())
    return;
  for (const std::string &hash : origin->second.names) {
    Rows &rows = rows_[hash];
    rows.erase(unit);
    if (rows.empty())
      rows_.erase(hash);
    changed_.insert(hash);
  }
  origins_.erase(origin);
}

void FactIndex::count(const std::string &hash, const std::string &unit,
                      bool isFactChange) {
  changed_.insert(hash);
  if (!isFactChange)
    ++placeChanges_[{hash, unit}];
  else if (++factChanges_[{hash, unit}] > mostChanges)
    withheld_.insert(hash);
}

Seen FactIndex::see(const std::string &unit,
                    const std::set<std::string> &wishes) const {
  std::string facts;
  std::string places;
  for (const std::string &hash : wishes) {
    const Rows *rows = find(hash);
    if (!rows)
      continue;
    for (const auto &[id, named] : *rows) {
      if (id == unit)
        continue;
      facts += hash + mainOf(id) + '\n' + named.facts;
      // Places that do not come to rest are not worth the time.
      const auto moves = placeChanges_.find({hash, id});
      if (moves == placeChanges_.end() || moves->second <= mostChanges)
        places += hash + named.places;
    }
  }
  return {digest(facts), digest(places)};
}

const FactIndex::Rows *FactIndex::find(const std::string &hash) const {
  const auto found = rows_.find(hash);
  return found == rows_.end() || withheld_.contains(hash) ? nullptr
                                                          : &found->second;
}

const std::string &FactIndex::mainOf(const std::string &unit) const {
  return origins_.at(unit).main;
}

const std::string &FactIndex::rootOf(const std::string &unit) const {
  return origins_.at(unit).root;
}

std::set<std::string> FactIndex::takeChanged() {
  return std::exchange(changed_, {});
}

std::set<std::string> FactIndex::names() const {
  std::set<std::string> names;
  for (const auto &[hash, rows] : rows_)
    names.insert(hash);
  return names;
}

void FactIndex::begin(std::set<std::string> withheld) {
  changed_.clear();
  factChanges_.clear();
  placeChanges_.clear();
  withheld_ = std::move(withheld);
}

} // namespace selfconnect::scan
