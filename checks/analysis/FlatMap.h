//===- FlatMap.h - small sorted sets and maps -------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Sets and maps of a few elements that are copied and compared more often than
/// they are changed, as the states of a path are: sorted vectors, with the part
/// of the interface of std::set and std::map that is used here. What changes
/// one invalidates its iterators.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_FLATMAP_H
#define SELFCONNECT_CHECKS_ANALYSIS_FLATMAP_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <initializer_list>
#include <utility>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

template <typename Key> class FlatSet {
public:
  using const_iterator = typename llvm::SmallVector<Key, 2>::const_iterator;

  FlatSet() = default;
  FlatSet(std::initializer_list<Key> Keys) { insert(Keys.begin(), Keys.end()); }

  const_iterator begin() const { return Keys.begin(); }
  const_iterator end() const { return Keys.end(); }
  bool empty() const { return Keys.empty(); }
  size_t size() const { return Keys.size(); }

  size_t count(const Key &K) const {
    const_iterator It = llvm::lower_bound(Keys, K);
    return It != Keys.end() && *It == K;
  }
  /// False if it is there already.
  bool insert(const Key &K) {
    auto It = llvm::lower_bound(Keys, K);
    if (It != Keys.end() && *It == K)
      return false;
    Keys.insert(It, K);
    return true;
  }
  template <typename Iterator> void insert(Iterator First, Iterator Last) {
    for (; First != Last; ++First)
      insert(*First);
  }
  void erase(const Key &K) {
    auto It = llvm::lower_bound(Keys, K);
    if (It != Keys.end() && *It == K)
      Keys.erase(It);
  }

  bool operator==(const FlatSet &Other) const { return Keys == Other.Keys; }

private:
  llvm::SmallVector<Key, 2> Keys;
};

template <typename Key, typename Value> class FlatMap {
public:
  using value_type = std::pair<Key, Value>;
  using const_iterator = typename std::vector<value_type>::const_iterator;

  const_iterator begin() const { return Pairs.begin(); }
  const_iterator end() const { return Pairs.end(); }
  bool empty() const { return Pairs.empty(); }
  size_t size() const { return Pairs.size(); }
  void clear() { Pairs.clear(); }

  const_iterator find(const Key &K) const {
    const_iterator It = llvm::lower_bound(Pairs, K, isBefore);
    return It != Pairs.end() && It->first == K ? It : Pairs.end();
  }
  size_t count(const Key &K) const { return find(K) != Pairs.end(); }
  Value &operator[](const Key &K) {
    auto It = llvm::lower_bound(Pairs, K, isBefore);
    if (It == Pairs.end() || !(It->first == K))
      It = Pairs.insert(It, value_type(K, Value()));
    return It->second;
  }
  /// Erases what Gone is true for; it may change the values that stay.
  template <typename Predicate> void eraseIf(Predicate Gone) {
    llvm::erase_if(Pairs, Gone);
  }

  bool operator==(const FlatMap &Other) const { return Pairs == Other.Pairs; }

private:
  static bool isBefore(const value_type &Pair, const Key &K) {
    return Pair.first < K;
  }
  std::vector<value_type> Pairs;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_FLATMAP_H
