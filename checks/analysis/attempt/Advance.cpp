//===- Advance.cpp - what goes on to the next on the way ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Advance.h"
#include "../code/CallEffects.h"
#include "../code/Liveness.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// True if to have changed Changed from itself is to have advanced Path.
static bool isAdvancedBy(const AccessPath &Path, const AccessPath &Changed) {
  if (Changed.contains(Path))
    return true;
  // A part of Path changed. What lies behind a pointer is not a part of the
  // pointer: `conn->tries++` does not advance conn.
  return Path.contains(Changed) &&
         llvm::none_of(Changed.steps().drop_front(Path.steps().size()),
                       [](const AccessPath::Step &Step) {
                         return Step.StepKind == AccessPath::Step::Deref;
                       });
}

bool hasAdvanced(const PathState &State, const AccessPath &Path,
                 llvm::function_ref<bool(const AccessPath &)> Counts) {
  return llvm::any_of(State.MadeFrom, [&](const auto &Made) {
    return Made.second.count(Made.first) && isAdvancedBy(Path, Made.first) &&
           Counts(Made.first);
  });
}

const AdvanceFinder::Advances &AdvanceFinder::find(const PathState &State) {
  std::vector<AccessPath> Changed;
  for (const auto &[Path, Sources] : State.MadeFrom)
    if (Sources.count(Path))
      Changed.push_back(Path);
  auto [Entry, IsNew] = Known.try_emplace(Changed);
  Advances &Found = Entry->second;
  if (!IsNew)
    return Found;
  for (const PathSet *Paths : {&Context.Destination, &Context.SocketChoice})
    for (const AccessPath &Path : *Paths)
      Found.push_back(llvm::any_of(Changed, [&](const AccessPath &Each) {
        return isAdvancedBy(Path, Each);
      }));
  return Found;
}

std::vector<const Expr *> getConditions(const Arrival &Way) {
  std::vector<const Expr *> Conditions;
  for (const CFGBlock *Block : Way.Blocks)
    if (Block->succ_size() == 2)
      if (const Expr *Condition = Block->getLastCondition())
        Conditions.push_back(Condition);
  return Conditions;
}

/// True if a way leads from From to Target that does not come by Around.
static bool leadsAround(const CFGBlock *From, const CFGBlock *Target,
                        const CFGBlock *Around) {
  llvm::SmallPtrSet<const CFGBlock *, 32> Seen;
  llvm::SmallVector<const CFGBlock *, 32> Worklist{From};
  while (!Worklist.empty()) {
    const CFGBlock *Next = Worklist.pop_back_val();
    if (Next == Target)
      return true;
    if (Next == Around || !Seen.insert(Next).second)
      continue;
    for (const CFGBlock::AdjacentBlock &Succ : Next->succs())
      if (const CFGBlock *Block = Succ.getReachableBlock())
        Worklist.push_back(Block);
  }
  return false;
}

namespace {

/// What the outcome of a condition says about the next attempt.
enum class Says {
  Nothing,    ///< it comes either way: `if (turns % 12 == 0) beat();`
  WhetherNow, ///< on this turn, or on a later one
  WhetherEver ///< or not at all
};

} // namespace

/// What the condition of Block says about Target, where the way ends.
static Says findSaid(const FunctionFlow &Flow, const CFGBlock *Block,
                     const CFGBlock *Target) {
  // Many ways come by the same condition.
  using Known = std::map<std::pair<const CFGBlock *, const CFGBlock *>, Says>;
  auto [Entry, IsNew] =
      Flow.getUnit().memory<Known>().try_emplace({Block, Target});
  if (!IsNew)
    return Entry->second;
  Says &Said = Entry->second = Says::Nothing;
  for (const CFGBlock::AdjacentBlock &Succ : Block->succs()) {
    const CFGBlock *Next = Succ.getReachableBlock();
    if (Next && leadsAround(Next, Target, Block))
      continue;
    bool ComesBack = Next && leadsAround(Next, Target, nullptr);
    Said = std::max(Said, ComesBack ? Says::WhetherNow : Says::WhetherEver);
  }
  return Said;
}

/// What the conditions on the way test that ends the cycle: `while (!done)`.
static PathSet findEnders(const AttemptContext &Context, const Arrival &Way) {
  PathSet Enders;
  for (const CFGBlock *Block : Way.Blocks)
    if (Block->succ_size() == 2 && Block->getLastCondition() &&
        findSaid(Context.Flow, Block, Way.Blocks.back()) == Says::WhetherEver)
      collectPaths(Context.Flow, Block->getLastCondition(), Enders);
  return Enders;
}

/// True if one outcome of the condition of Block leads to a write, and the
/// other does not, that ends the cycle: `if (++made == count) done = true;`.
static bool setsEnder(const AttemptContext &Context, const CFGBlock *Block,
                      const PathSet &Enders) {
  const FunctionFlow &Flow = Context.Flow;
  return llvm::any_of(Flow.allWrites(), [&](const Write &W) {
    if (W.WriteKind != Write::Assign || !overlapsAny(Enders, W.Target))
      return false;
    const CFGBlock *Where = Flow.find(W.Where).Block;
    return Where && Where != Block &&
           findSaid(Flow, Block, Where) != Says::Nothing;
  });
}

PathSet findCounters(const AttemptContext &Context, const Arrival &Way) {
  PathSet Counters;
  std::optional<PathSet> Enders;
  for (const CFGBlock *Block : Way.Blocks) {
    const Expr *Condition =
        Block->succ_size() == 2 ? Block->getLastCondition() : nullptr;
    // `if (seconds % 30 == 0)` comes round for as long as the loop does.
    if (!Condition || hasRemainder(Condition))
      continue;
    PathSet Tested, Advanced;
    collectPaths(Context.Flow, Condition, Tested);
    for (const AccessPath &Path : Tested)
      if (hasAdvanced(Way.State, Path))
        Advanced.insert(Path);
    if (Advanced.empty())
      continue;
    // A number that only says how often something else is to be done counts no
    // connections.
    if (findSaid(Context.Flow, Block, Way.Blocks.back()) == Says::Nothing) {
      if (!Enders)
        Enders = findEnders(Context, Way);
      if (!setsEnder(Context, Block, *Enders))
        continue;
    }
    Counters.insert(Advanced);
  }
  return Counters;
}

/// True if Path goes round for ever: `i = (i + 1) % count`, and nothing else
/// counts the tries.
static bool wraps(const AttemptContext &Context, const Arrival &Way,
                  const AccessPath &Path) {
  const FunctionFlow &Flow = Context.Flow;
  bool Rotates =
      llvm::any_of(Flow.allWrites(),
                   [&](const Write &W) {
                     return W.Target.contains(Path) && rotates(Flow, W);
                   }) ||
      llvm::any_of(Flow.calls(), [&](const CallExpr *Call) {
        return llvm::any_of(
            findRotatedBy(Flow, Call),
            [&](const AccessPath &Round) { return Round.contains(Path); });
      });
  return Rotates && llvm::all_of(findCounters(Context, Way),
                                   [&](const AccessPath &Counter) {
                                     return Counter.overlaps(Path);
                                   });
}

/// The operands of a comparison for equality; null for anything else.
static std::pair<const Expr *, const Expr *> getCompared(const Expr *E) {
  E = E->IgnoreParenImpCasts();
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (Binary->isEqualityOp())
      return {Binary->getLHS(), Binary->getRHS()};
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E))
    if (Operator->getNumArgs() == 2 &&
        (Operator->getOperator() == OO_EqualEqual ||
         Operator->getOperator() == OO_ExclaimEqual))
      return {Operator->getArg(0), Operator->getArg(1)};
  return {};
}

/// True for a cursor and the place where its walk has begun.
static bool isStartOf(const AttemptContext &Context, const AccessPath &Cursor,
                      const AccessPath &Start) {
  if (!Cursor.isValid() || !Start.isValid() ||
      (!Context.Destination.count(Cursor) &&
       !Context.SocketChoice.count(Cursor)))
    return false;
  const FunctionFlow &Flow = Context.Flow;
  return llvm::any_of(Flow.allWrites(), [&](const Write &W) {
    if (W.WriteKind != Write::Assign || !W.Value)
      return false;
    AccessPath From = Flow.path(W.Value);
    return (W.Target == Cursor && From == Start) ||
           (W.Target == Start && From == Cursor);
  });
}

/// True if the cycle ends when a walk over the destinations, which begins
/// somewhere in the middle, has come round: `while (at != start)`.
static bool endsAfterRound(const AttemptContext &Context, const Arrival &Way) {
  const FunctionFlow &Flow = Context.Flow;
  for (size_t I = 0; I + 1 < Way.Blocks.size(); ++I) {
    const CFGBlock *Block = Way.Blocks[I];
    const Expr *Condition =
        Block->succ_size() == 2 ? Block->getLastCondition() : nullptr;
    if (!Condition)
      continue;
    auto [Left, Right] = getCompared(Condition);
    if (!Left)
      continue;
    AccessPath A = Flow.path(Left), B = Flow.path(Right);
    if (!isStartOf(Context, A, B) && !isStartOf(Context, B, A))
      continue;
    llvm::BitVector Leading =
        Liveness::of(Flow).findLeading({Way.Blocks.back()});
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        if (Target != Way.Blocks[I + 1] && !Leading.test(Target->getBlockID()))
          return true;
  }
  return false;
}

/// True for an object that is the same one when the function begins anew.
static bool outlivesCall(const AccessPath &Path) {
  const VarDecl *Root = Path.getRoot();
  if (!Root || Root->hasGlobalStorage() || Root->getType()->isReferenceType())
    return true;
  return llvm::any_of(Path.steps(), [](const AccessPath::Step &Step) {
    return Step.StepKind == AccessPath::Step::Deref;
  });
}

/// True if what is written after the attempt, and before the next one, makes a
/// part of the destination from Path.
static bool feedsAgain(const AttemptContext &Context, const AccessPath &Path) {
  const FunctionFlow &Flow = Context.Flow;
  auto Mentions = [&](const Stmt *S) {
    PathSet Named;
    collectPaths(Flow, S, Named);
    return overlapsAny(Named, Path);
  };
  if (Mentions(Context.Attempt))
    return true;
  const CFGBlock *Begin = Flow.find(Context.Attempt).Block;
  return llvm::any_of(Flow.allWrites(), [&](const Write &W) {
    if (W.Target == Path || !overlapsAny(Context.Destination, W.Target) ||
        !Mentions(W.Call ? static_cast<const Stmt *>(W.Call) : W.Value))
      return false;
    const CFGBlock *Block = Flow.find(W.Where).Block;
    if (!Block)
      return true;
    llvm::BitVector Leading = Liveness::of(Flow).findLeading({Block});
    return llvm::any_of(Begin->succs(), [&](const auto &Succ) {
      const CFGBlock *Next = Succ.getReachableBlock();
      return Next && Leading.test(Next->getBlockID());
    });
  });
}

/// True if Path, a local variable of the function, has to do with the
/// destination no more once the attempt has been made: the loop over the
/// arguments, which took the host from `argv[i]`, is over, and i counts the
/// tries now.
static bool isSpent(const AttemptContext &Context, const AccessPath &Path) {
  const VarDecl *Root = Path.getRoot();
  if (!Root || !Path.steps().empty() || !Root->hasLocalStorage() ||
      !Root->getType()->isScalarType())
    return false;
  // Every way back asks anew.
  using Known =
      std::map<std::tuple<const Expr *, const FunctionDecl *, AccessPath>,
               bool>;
  auto [Entry, IsNew] = Context.Flow.getUnit().memory<Known>().try_emplace(
      {Context.Attempt, Context.Innermost, Path});
  if (IsNew)
    Entry->second = !feedsAgain(Context, Path);
  return Entry->second;
}

bool changesDestination(const AttemptContext &Context, const Arrival &Way) {
  PathSet Handed;
  if (Way.HandedBy)
    collectPaths(Context.Flow, Way.HandedBy, Handed);
  // The walk over the addresses, in front of a retry that calls the function
  // again, begins anew there.
  auto Counts = [&](const AccessPath &Changed) {
    return !Way.HandedBy || outlivesCall(Changed) ||
           overlapsAny(Handed, Changed);
  };
  auto Advanced = [&](const AccessPath &Path) {
    return hasAdvanced(Way.State, Path, Counts) && !wraps(Context, Way, Path);
  };
  // Who calls the function again has it begin anew.
  bool InFunction = Context.Attempt && !Way.Recursion;
  if (llvm::any_of(Context.Destination,
                   [&](const AccessPath &Path) {
                     return Advanced(Path) &&
                            !(InFunction && isSpent(Context, Path));
                   }) ||
      llvm::any_of(Context.SocketChoice, Advanced))
    return true;
  // What a handler has moved on is known by its field: the object goes through
  // the library as a `void *`.
  if (!Context.DestinationFields.empty())
    for (const auto &[Path, Sources] : Way.State.MadeFrom)
      if (Sources.count(Path) && !Path.steps().empty() &&
          Context.DestinationFields.count(Path.steps().back().Member) &&
          !wraps(Context, Way, Path))
        return true;
  return endsAfterRound(Context, Way);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
