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
/// of the interface of std::set and std::map that is used here. Copies of a map
/// share its elements until one of them changes. What changes one invalidates
/// its iterators and references.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_FLATMAP_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_FLATMAP_H

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <algorithm>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <optional>
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
  void insert(const FlatSet &Other) {
    if (Keys == Other.Keys)
      return;
    llvm::SmallVector<Key, 2> United;
    std::set_union(begin(), end(), Other.begin(), Other.end(),
                   std::back_inserter(United));
    Keys = std::move(United);
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

  const_iterator begin() const {
    return Pairs ? Pairs->cbegin() : const_iterator();
  }
  const_iterator end() const {
    return Pairs ? Pairs->cend() : const_iterator();
  }
  bool empty() const { return begin() == end(); }
  size_t size() const { return Pairs ? Pairs->size() : 0; }
  void clear() { Pairs.reset(); }

  const_iterator find(const Key &K) const {
    const_iterator It = std::lower_bound(begin(), end(), K, isBefore);
    return It != end() && It->first == K ? It : end();
  }
  size_t count(const Key &K) const { return find(K) != end(); }
  Value &operator[](const Key &K) {
    std::vector<value_type> &Own = own();
    auto It = llvm::lower_bound(Own, K, isBefore);
    if (It == Own.end() || !(It->first == K))
      It = Own.insert(It, value_type(K, Value()));
    return It->second;
  }
  /// Erases what Gone is true for.
  template <typename Predicate> void eraseIf(Predicate Gone) {
    if (std::any_of(begin(), end(), Gone))
      llvm::erase_if(own(), Gone);
  }

  /// Keeps what Other has, too, with the value that Common makes of both; not
  /// where it makes none. Of two equal values it has to make that value.
  template <typename Function>
  void intersect(const FlatMap &Other, Function Common) {
    if (Pairs == Other.Pairs)
      return;
    auto Kept = std::make_shared<std::vector<value_type>>();
    auto Theirs = Other.begin();
    for (const value_type &Ours : *this) {
      while (Theirs != Other.end() && Theirs->first < Ours.first)
        ++Theirs;
      if (Theirs == Other.end())
        break;
      if (Theirs->first == Ours.first)
        if (std::optional<Value> Both = Common(Ours.second, Theirs->second))
          Kept->emplace_back(Ours.first, std::move(*Both));
    }
    Pairs = std::move(Kept);
  }

  /// Adds what Other has; of values that both have, Add puts the second into
  /// the first. To put a value into an equal one must not change it.
  template <typename Function> void unite(const FlatMap &Other, Function Add) {
    if (Pairs == Other.Pairs)
      return;
    auto United = std::make_shared<std::vector<value_type>>();
    United->reserve(std::max(size(), Other.size()));
    auto Theirs = Other.begin();
    for (const value_type &Ours : *this) {
      for (; Theirs != Other.end() && Theirs->first < Ours.first; ++Theirs)
        United->push_back(*Theirs);
      United->push_back(Ours);
      if (Theirs != Other.end() && Theirs->first == Ours.first)
        Add(United->back().second, (Theirs++)->second);
    }
    United->insert(United->end(), Theirs, Other.end());
    Pairs = std::move(United);
  }

  bool operator==(const FlatMap &Other) const {
    return Pairs == Other.Pairs ||
           std::equal(begin(), end(), Other.begin(), Other.end());
  }

private:
  static bool isBefore(const value_type &Pair, const Key &K) {
    return Pair.first < K;
  }
  /// The elements, of which no copy knows any more.
  std::vector<value_type> &own() {
    if (!Pairs)
      Pairs = std::make_shared<std::vector<value_type>>();
    else if (Pairs.use_count() > 1)
      Pairs = std::make_shared<std::vector<value_type>>(*Pairs);
    return *Pairs;
  }

  std::shared_ptr<std::vector<value_type>> Pairs; ///< null: none
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_FLATMAP_H
