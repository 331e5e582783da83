//===- Origins.cpp - which objects may be made from themselves ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Origins.h"

namespace clang {
namespace tidy {
namespace selfconnect {

const Origins &Origins::of(const FunctionFlow &Flow) {
  using Kept = std::map<const FunctionFlow *, Origins>;
  auto [Entry, IsNew] = Flow.getUnit().memory<Kept>().try_emplace(&Flow);
  if (IsNew)
    Entry->second.build(Flow);
  return Entry->second;
}

/// What an assignment of Value makes its target from.
static std::vector<AccessPath> collectSources(const FunctionFlow &Flow,
                                              const Expr *Value) {
  PathSet Named;
  collectPaths(Flow, Value, Named);
  std::vector<AccessPath> Sources(Named.begin(), Named.end());
  // `rp->ai_next` is made from rp, `c->at->ai_next` from c->at; also through
  // another variable: `next = rp->ai_next; rp = next`.
  for (const AccessPath &Source : Named)
    for (AccessPath Part = Source; !Part.steps().empty();) {
      bool IsBehind = Part.steps().back().StepKind == AccessPath::Step::Deref;
      Part = Part.withoutLastStep();
      if (IsBehind || Part.steps().empty())
        Sources.push_back(Part);
    }
  return Sources;
}

namespace {

/// A graph, and the rings of it: its strongly connected components, by
/// Kosaraju's algorithm.
class Rings {
public:
  explicit Rings(size_t Size)
      : Out(Size), In(Size), Seen(Size), RingOf(Size, None) {}
  static constexpr unsigned None = ~0U;

  void addEdge(unsigned From, unsigned To) {
    Out[From].push_back(To);
    In[To].push_back(From);
  }
  /// By node: its ring; None for one that no edge leads back to.
  std::vector<unsigned> find() {
    for (unsigned Node = 0; Node < Out.size(); ++Node)
      if (!Seen[Node])
        order(Node);
    unsigned Ring = 0;
    for (auto Node = Order.rbegin(); Node != Order.rend(); ++Node)
      if (RingOf[*Node] == None)
        mark(*Node, Ring++);
    std::vector<unsigned> Size(Ring);
    for (unsigned Each : RingOf)
      ++Size[Each];
    for (unsigned Node = 0; Node < Out.size(); ++Node)
      if (Size[RingOf[Node]] == 1 && !llvm::is_contained(Out[Node], Node))
        RingOf[Node] = None;
    return std::move(RingOf);
  }

private:
  /// Lists what From leads to, each after all that it leads to.
  void order(unsigned From) {
    std::vector<std::pair<unsigned, size_t>> Stack{{From, 0}};
    Seen[From] = true;
    while (!Stack.empty()) {
      auto &[Node, Next] = Stack.back();
      if (Next == Out[Node].size()) {
        Order.push_back(Node);
        Stack.pop_back();
        continue;
      }
      unsigned To = Out[Node][Next++];
      if (!Seen[To]) {
        Seen[To] = true;
        Stack.push_back({To, 0});
      }
    }
  }
  void mark(unsigned From, unsigned Ring) {
    std::vector<unsigned> Worklist{From};
    RingOf[From] = Ring;
    while (!Worklist.empty()) {
      unsigned Node = Worklist.back();
      Worklist.pop_back();
      for (unsigned Before : In[Node])
        if (RingOf[Before] == None) {
          RingOf[Before] = Ring;
          Worklist.push_back(Before);
        }
    }
  }

  std::vector<std::vector<unsigned>> Out, In;
  std::vector<bool> Seen;
  std::vector<unsigned> Order, RingOf;
};

} // namespace

void Origins::build(const FunctionFlow &Flow) {
  std::map<AccessPath, unsigned> NumberOf;
  auto GetNumber = [&](const AccessPath &Path) {
    return NumberOf.try_emplace(Path, NumberOf.size()).first->second;
  };
  std::vector<std::pair<unsigned, unsigned>> Edges;
  for (const Write &W : Flow.allWrites()) {
    SourcesOf.emplace_back();
    if (W.WriteKind == Write::Update) {
      unsigned Target = GetNumber(W.Target);
      Edges.push_back({Target, Target});
    }
    if (W.WriteKind != Write::Assign)
      continue;
    SourcesOf.back() = collectSources(Flow, W.Value);
    for (const AccessPath &Source : SourcesOf.back())
      Edges.push_back({GetNumber(Source), GetNumber(W.Target)});
  }
  Rings Graph(NumberOf.size());
  for (const auto &[From, To] : Edges)
    Graph.addEdge(From, To);
  std::vector<unsigned> Found = Graph.find();
  for (const auto &[Path, Number] : NumberOf)
    if (Found[Number] != Rings::None)
      RingOf[Path] = Found[Number];
  size_t Index = 0;
  for (const Write &W : Flow.allWrites()) {
    std::vector<AccessPath> &Sources = SourcesOf[Index++];
    auto Ring = RingOf.find(W.Target);
    llvm::erase_if(Sources, [&](const AccessPath &Source) {
      auto Other = RingOf.find(Source);
      return Ring == RingOf.end() || Other == RingOf.end() ||
             Other->second != Ring->second;
    });
  }
}

llvm::ArrayRef<AccessPath> Origins::getSources(const FunctionFlow &Flow,
                                               const Write &W) const {
  return SourcesOf[&W - &*Flow.allWrites().begin()];
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
