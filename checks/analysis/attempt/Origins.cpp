//===- Origins.cpp - which objects may be made from themselves ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Origins.h"
#include "llvm/ADT/GraphTraits.h"
#include "llvm/ADT/SCCIterator.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

/// A path, and those that are made from it.
struct OriginNode {
  const AccessPath *Path = nullptr;
  std::vector<OriginNode *> Next;
};

} // namespace

} // namespace selfconnect
} // namespace tidy
} // namespace clang

template <> struct llvm::GraphTraits<clang::tidy::selfconnect::OriginNode *> {
  using NodeRef = clang::tidy::selfconnect::OriginNode *;
  using ChildIteratorType = std::vector<NodeRef>::iterator;
  static NodeRef getEntryNode(NodeRef Node) { return Node; }
  static ChildIteratorType child_begin(NodeRef Node) {
    return Node->Next.begin();
  }
  static ChildIteratorType child_end(NodeRef Node) { return Node->Next.end(); }
};

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

void Origins::build(const FunctionFlow &Flow) {
  std::map<AccessPath, OriginNode> Nodes;
  for (const Write &W : Flow.allWrites()) {
    SourcesOf.emplace_back();
    if (W.WriteKind == Write::Update) {
      OriginNode &Target = Nodes[W.Target];
      Target.Next.push_back(&Target);
    }
    if (W.WriteKind != Write::Assign)
      continue;
    SourcesOf.back() = collectSources(Flow, W.Value);
    for (const AccessPath &Source : SourcesOf.back())
      Nodes[Source].Next.push_back(&Nodes[W.Target]);
  }
  OriginNode Entry; // leads to all
  for (auto &[Path, Node] : Nodes) {
    Node.Path = &Path;
    Entry.Next.push_back(&Node);
  }
  unsigned Ring = 0;
  for (auto Found = llvm::scc_begin(&Entry); !Found.isAtEnd(); ++Found, ++Ring)
    if (Found.hasCycle())
      for (const OriginNode *Node : *Found)
        RingOf[*Node->Path] = Ring;
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
