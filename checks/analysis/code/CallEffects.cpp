//===- CallEffects.cpp - what a call changes, and from what ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "CallEffects.h"
#include "../api/LearnedRows.h"
#include "../api/NetworkApi.h"
#include "CallPaths.h"
#include "Limits.h"
#include "Statements.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/CharInfo.h"
#include <map>

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

/// What a function with a body does to objects that outlive its call, in its
/// own words.
struct BodyEffects {
  bool Known = false; ///< false: too deep, or no CFG
  PathSet Changed;
  /// Of these, the ones whose new value is made from the old one.
  PathSet Advanced;
  /// Of these, the ones that come round to where they began.
  PathSet Rotated;
  /// What it returns is made from something that it advances.
  bool ReturnsNext = false;
  bool ReturnsRotated = false;
};

/// Asks each function once.
class BodyReader {
public:
  const BodyEffects &read(const FunctionDecl *Function, TranslationUnit &Unit);

  /// What flows into what Function's parameter Index points to.
  const PathSet &readFeeders(const FunctionFlow &Inside, unsigned Index);

private:
  BodyEffects compute(const FunctionDecl *Function, TranslationUnit &Unit);

  /// How many calls deep bodies are asked.
  static constexpr unsigned MaxCallDepth = 8;
  std::map<const FunctionDecl *, BodyEffects> Effects;
  std::map<std::pair<const FunctionDecl *, unsigned>, PathSet> Feeders;
  unsigned Depth = 0;
};

} // namespace

/// The function that Call is certain to run, if its body is in sight.
static const FunctionDecl *getBodyOf(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionDecl *Body = nullptr;
  if (!Callee || !Callee->hasBody(Body))
    return nullptr;
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  return Method && Method->isVirtual() ? nullptr : Body;
}

static BodyReader &getReader(const FunctionFlow &Flow) {
  return Flow.getUnit().memory<BodyReader>();
}

/// True for an object that is there when the call is over.
static bool outlives(const AccessPath &Path) {
  if (Path.isErrno())
    return false;
  const VarDecl *Root = Path.getRoot();
  if (!Root || Root->hasGlobalStorage())
    return true;
  if (!isa<ParmVarDecl>(Root))
    return false;
  return Root->getType()->isReferenceType() ||
         llvm::any_of(Path.steps(), [](const AccessPath::Step &Step) {
           return Step.StepKind == AccessPath::Step::Deref;
         });
}

/// True if W gives its target a value that is made from the one before, and is
/// not that value put back.
static bool isMadeFromItself(const FunctionFlow &Flow, const Write &W) {
  if (W.WriteKind == Write::Update)
    return true;
  if (W.WriteKind != Write::Assign || !W.Value)
    return false;
  PathSet Sources;
  collectPaths(Flow, W.Value, Sources);
  AccessPath Copied = Flow.path(W.Value);
  if (Copied.isValid() && Copied.steps().empty() && Copied.getRoot() &&
      Copied.getRoot()->hasLocalStorage()) {
    // `saved = c->at; ...; c->at = saved` has moved nothing.
    bool IsSaved = true;
    for (const Write &Other : Flow.allWrites())
      if (Other.Target == Copied && Other.WriteKind != Write::Declare)
        IsSaved &= Other.Value && Flow.path(Other.Value) == W.Target;
    if (IsSaved)
      return false;
  }
  // `*s = end`, where end is `*s + strcspn(*s, ",")`.
  PathSet All = findFeeders(Flow, std::move(Sources));
  return llvm::any_of(All, [&](const AccessPath &Path) {
    return W.Target.contains(Path);
  });
}

bool hasRemainder(const Stmt *S) {
  if (!S)
    return false;
  if (const auto *Binary = dyn_cast<BinaryOperator>(S))
    if (Binary->getOpcode() == BO_Rem || Binary->getOpcode() == BO_RemAssign)
      return true;
  return llvm::any_of(S->children(), hasRemainder);
}

/// `at = (at + 1) % count`, or `if (++at == count) at = 0`.
static bool movesRound(const FunctionFlow &Flow, const AccessPath &Path) {
  return llvm::any_of(Flow.allWrites(), [&](const Write &W) {
    return W.Target == Path &&
           (hasRemainder(W.Where) ||
            (W.WriteKind == Write::Assign && W.Value &&
             isa<IntegerLiteral>(W.Value->IgnoreParenCasts())));
  });
}

const BodyEffects &BodyReader::read(const FunctionDecl *Function,
                                    TranslationUnit &Unit) {
  const FunctionDecl *Key = Function->getCanonicalDecl();
  // In a recursion the inner call adds nothing to what the outer one does.
  auto [Entry, IsNew] = Effects.try_emplace(Key);
  if (!IsNew)
    return Entry->second;
  Entry->second.Known = true;
  ++Depth;
  BodyEffects Found = compute(Function, Unit);
  --Depth;
  if (!Found.Known && Depth >= MaxCallDepth) {
    // Who asks from nearer by may get further.
    static const BodyEffects TooDeep;
    Effects.erase(Key);
    return TooDeep;
  }
  return Effects[Key] = std::move(Found);
}

BodyEffects BodyReader::compute(const FunctionDecl *Function,
                                TranslationUnit &Unit) {
  BodyEffects Found;
  if (Depth > MaxCallDepth) {
    reportLimit("MaxCallDepth", Function);
    return Found;
  }
  const FunctionFlow *Inside = Unit.getFlow(Function);
  if (!Inside)
    return Found;
  Found.Known = true;
  for (const Write &W : Inside->allWrites()) {
    if (!outlives(W.Target))
      continue;
    const FunctionDecl *Body =
        W.WriteKind == Write::Pass ? getBodyOf(W.Call) : nullptr;
    if (!Body) {
      Found.Changed.insert(W.Target);
      if (W.WriteKind == Write::Pass ? putsNext(*Inside, W)
                                     : isMadeFromItself(*Inside, W))
        Found.Advanced.insert(W.Target);
      continue;
    }
    const BodyEffects &Deeper = read(Body, Unit);
    if (!Deeper.Known)
      Found.Changed.insert(W.Target);
    for (const AccessPath &Path : Deeper.Changed) {
      AccessPath Here = toCaller(*Inside, W.Call, Path);
      if (Here.isValid() && outlives(Here))
        Found.Changed.insert(Here);
    }
  }
  for (const CallExpr *Call : Inside->calls()) {
    for (const AccessPath &Path : findAdvancedBy(*Inside, Call))
      if (outlives(Path))
        Found.Advanced.insert(Path);
    for (const AccessPath &Path : findRotatedBy(*Inside, Call))
      if (outlives(Path))
        Found.Rotated.insert(Path);
    const auto *Member = dyn_cast<CXXMemberCallExpr>(Call);
    AccessPath Object =
        Member && movesObject(*Inside, Member)
            ? Inside->path(Member->getImplicitObjectArgument())
            : AccessPath();
    if (Object.isValid() && outlives(Object))
      Found.Advanced.insert(Object);
  }
  for (const AccessPath &Path : Found.Advanced)
    if (movesRound(*Inside, Path))
      Found.Rotated.insert(Path);
  if (Found.Advanced.empty() || Function->getReturnType()->isVoidType())
    return Found;
  PathSet Returned;
  for (const CFGBlock *Block : Inside->getCFG())
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Return = dyn_cast<ReturnStmt>(Statement->getStmt()))
          collectPaths(*Inside, Return->getRetValue(), Returned);
  Returned = findFeeders(*Inside, std::move(Returned));
  unsigned Next = 0, Round = 0;
  for (const AccessPath &Path : Found.Advanced)
    if (overlapsAny(Returned, Path)) {
      ++Next;
      Round += Found.Rotated.count(Path);
    }
  Found.ReturnsNext = Next != 0;
  Found.ReturnsRotated = Next != 0 && Round == Next;
  return Found;
}

const PathSet &BodyReader::readFeeders(const FunctionFlow &Inside,
                                       unsigned Index) {
  const FunctionDecl *Function = Inside.getFunction();
  auto [Entry, IsNew] =
      Feeders.try_emplace({Function->getCanonicalDecl(), Index});
  if (!IsNew || Depth > MaxCallDepth)
    return Entry->second;
  const ParmVarDecl *Parameter = Function->getParamDecl(Index);
  AccessPath Object(Parameter);
  if (!Parameter->getType()->isReferenceType())
    Object = Object.pointee();
  PathSet Seed;
  Seed.insert(Object);
  ++Depth;
  PathSet Found = findFeeders(Inside, std::move(Seed));
  --Depth;
  return Feeders[{Function->getCanonicalDecl(), Index}] = std::move(Found);
}

/// True if W, a part of an address, is its family or its port: neither says
/// which host it is.
static bool isShort(const FunctionFlow &Flow, const Write &W) {
  if (!W.Value)
    return false;
  llvm::ArrayRef<AccessPath::Step> Steps = W.Target.steps();
  const FieldDecl *Field = Steps.empty() ? nullptr : Steps.back().Member;
  return Field && Field->getType()->isIntegerType() &&
         Flow.getContext().getTypeSize(Field->getType()) <= 16;
}

/// True if Call, of a function out of sight, is known to make what it is handed
/// as the argument Index from its other arguments.
static bool isKnownToMake(const CallExpr *Call, unsigned Index) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Name.empty())
    return false;
  return llvm::any_of(
      ApiTable::current().find(Name), [&](const ApiRow *Row) {
        if (Row->Name != Name ||
            (Row->Arguments && *Row->Arguments != Call->getNumArgs()))
          return false;
        return Row->Role == ApiRole::Resolve ||
               ((Row->Role == ApiRole::Fill ||
                 Row->Role == ApiRole::Endpoint) &&
                Row->Result.Index >= 0 &&
                (unsigned(Row->Result.Index) == Index ||
                 (Row->Rest && Index > unsigned(Row->Result.Index))));
      });
}

/// True if something else than calls out of sight has made what W is handed.
static bool isMadeElsewhere(const FunctionFlow &Flow, const Write &W) {
  const VarDecl *Root = W.Target.getRoot();
  if (!Root || Root->hasGlobalStorage() || isa<ParmVarDecl>(Root))
    return true;
  return llvm::any_of(Flow.allWrites(), [&](const Write &Other) {
    if (!Other.Target.overlaps(W.Target))
      return false;
    switch (Other.WriteKind) {
    case Write::Assign:
    case Write::Update:
      // `= {0}` clears it.
      return Other.Value && !isa<InitListExpr>(Other.Value->IgnoreParenCasts())
                 ? !isShort(Flow, Other)
                 : false;
    case Write::Pass:
      return Other.Call != W.Call && (getBodyOf(Other.Call) ||
                                      isKnownToMake(Other.Call, Other.Argument));
    case Write::Declare:
    case Write::Zero:
      return false;
    }
    return false;
  });
}

bool mayChange(const FunctionFlow &Flow, const CallExpr *Call,
               const AccessPath &Path) {
  const FunctionDecl *Body = Call ? getBodyOf(Call) : nullptr;
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  LearnedRows *Elsewhere = LearnedRows::current();
  if (!Body && Callee && Elsewhere && Elsewhere->findTold(Callee))
    return false;
  if (!Body || isa<CXXOperatorCallExpr>(Call))
    return true;
  const BodyEffects &Effects = getReader(Flow).read(Body, Flow.getUnit());
  return !Effects.Known ||
         llvm::any_of(Effects.Changed, [&](const AccessPath &Changed) {
           AccessPath Here = toCaller(Flow, Call, Changed);
           return Here.isValid() && Here.overlaps(Path);
         });
}

void collectIngredients(const FunctionFlow &Flow, const Write &W,
                        PathSet &Paths) {
  auto AddArguments = [&](llvm::function_ref<bool(unsigned)> Counts) {
    for (unsigned I = 0; I < W.Call->getNumArgs(); ++I)
      if (Counts(I))
        collectPaths(Flow, W.Call->getArg(I), Paths);
  };
  const FunctionDecl *Body = getBodyOf(W.Call);
  if (!Body || isa<CXXOperatorCallExpr>(W.Call)) {
    if (isKnownToMake(W.Call, W.Argument) || !isMadeElsewhere(Flow, W))
      AddArguments([](unsigned) { return true; });
    return;
  }
  BodyReader &Reader = getReader(Flow);
  const BodyEffects &Effects = Reader.read(Body, Flow.getUnit());
  if (W.Argument >= Body->getNumParams())
    return;
  if (!Effects.Known) {
    if (!isMadeElsewhere(Flow, W))
      AddArguments([](unsigned) { return true; });
    return;
  }
  const ParmVarDecl *Parameter = Body->getParamDecl(W.Argument);
  if (llvm::none_of(Effects.Changed, [&](const AccessPath &Path) {
        return Path.getRoot() == Parameter;
      }))
    return;
  const FunctionFlow *Inside = Flow.getUnit().getFlow(Body);
  if (!Inside)
    return;
  const PathSet &From = Reader.readFeeders(*Inside, W.Argument);
  AddArguments([&](unsigned I) {
    return I != W.Argument && I < Body->getNumParams() &&
           llvm::any_of(From, [&](const AccessPath &Path) {
             return Path.getRoot() == Body->getParamDecl(I);
           });
  });
  for (const AccessPath &Path : From)
    if (!Path.getRoot() || Path.getRoot()->hasGlobalStorage()) {
      AccessPath Here = toCaller(Flow, W.Call, Path);
      if (Here.isValid() && !Here.isErrno())
        Paths.insert(Here);
    }
}

/// What of Paths, of the function that Call calls, its caller knows.
static PathSet toCallerAll(const FunctionFlow &Flow, const CallExpr *Call,
                           const PathSet &Paths) {
  PathSet Here;
  for (const AccessPath &Path : Paths) {
    AccessPath Outer = toCaller(Flow, Call, Path);
    if (Outer.isValid())
      Here.insert(Outer);
  }
  return Here;
}

PathSet findAdvancedBy(const FunctionFlow &Flow, const CallExpr *Call) {
  const FunctionDecl *Body = getBodyOf(Call);
  if (!Body || isa<CXXOperatorCallExpr>(Call))
    return {};
  return toCallerAll(Flow, Call,
                     getReader(Flow).read(Body, Flow.getUnit()).Advanced);
}

PathSet findRotatedBy(const FunctionFlow &Flow, const CallExpr *Call) {
  const FunctionDecl *Body = getBodyOf(Call);
  if (!Body || isa<CXXOperatorCallExpr>(Call))
    return {};
  return toCallerAll(Flow, Call,
                     getReader(Flow).read(Body, Flow.getUnit()).Rotated);
}

bool rotates(const FunctionFlow &Flow, const Write &W) {
  if (hasRemainder(W.Where))
    return true;
  const auto *Call =
      W.Value ? dyn_cast<CallExpr>(W.Value->IgnoreParenCasts()) : nullptr;
  const FunctionDecl *Body = Call ? getBodyOf(Call) : nullptr;
  return Body && getReader(Flow).read(Body, Flow.getUnit()).ReturnsRotated;
}

PathSet findAdvancedBefore(const FunctionFlow &Flow, const Stmt *Use) {
  PathSet Found;
  const BodyEffects &Effects =
      getReader(Flow).read(Flow.getFunction(), Flow.getUnit());
  for (const AccessPath &Path : Effects.Advanced) {
    bool MayBeLeft = Flow.walkBack(Use, [&](const Stmt *S) {
      const auto *Call = dyn_cast<CallExpr>(S);
      return (Call && findAdvancedBy(Flow, Call).count(Path)) ||
             llvm::any_of(Flow.writesAt(S), [&](const Write &W) {
               return W.Target == Path && isMadeFromItself(Flow, W);
             });
    });
    if (!MayBeLeft)
      Found.insert(Path);
  }
  return Found;
}

bool isSetBefore(const FunctionFlow &Flow, const AccessPath &Path,
                 const Stmt *Use) {
  return !Flow.walkBack(Use, [&](const Stmt *S) {
    return llvm::any_of(Flow.writesAt(S), [&](const Write &W) {
      if (W.WriteKind == Write::Pass) {
        const FunctionDecl *Body = getBodyOf(W.Call);
        if (!Body)
          return false;
        const BodyEffects &Inside = getReader(Flow).read(Body, Flow.getUnit());
        return toCallerAll(Flow, W.Call, Inside.Changed).count(Path) &&
               !toCallerAll(Flow, W.Call, Inside.Advanced).count(Path);
      }
      return W.Target.contains(Path) && !isMadeFromItself(Flow, W);
    });
  });
}

/// The words that a name is made of, in lower case: queue_pop, popFront.
static llvm::SmallVector<std::string, 4> splitName(llvm::StringRef Name) {
  llvm::SmallVector<std::string, 4> Words(1);
  for (char C : Name) {
    bool IsBreak = C == '_' || isUppercase(C);
    if (IsBreak && !Words.back().empty())
      Words.emplace_back();
    if (C != '_')
      Words.back() += toLowercase(C);
  }
  return Words;
}

/// True for a name that speaks of the next one. It is a hint, and needs a
/// second witness.
static bool isNamedForNext(const FunctionDecl *Callee) {
  if (!Callee->getIdentifier())
    return false;
  llvm::StringRef Name = Callee->getName();
  static const llvm::StringRef Steps[] = {
      "next",  "advance", "pop",    "dequeue", "unqueue", "shift",    "take",
      "erase", "token",   "strtok", "strsep",  "queue",   "increment"};
  // To split each name would cost more than all else here.
  if (llvm::none_of(Steps, [&](llvm::StringRef Word) {
        return Name.contains_insensitive(Word);
      }))
    return false;
  llvm::SmallVector<std::string, 4> Words = splitName(Name);
  return llvm::any_of(Words, [&](llvm::StringRef Word) {
    return Word == "queue" ? llvm::is_contained(Words, "get")
                           : llvm::is_contained(Steps, Word);
  });
}

static bool isPointerToChangeable(QualType Type) {
  return (Type->isPointerType() || Type->isReferenceType()) &&
         !Type->getPointeeType().isConstQualified() &&
         !Type->isFunctionPointerType();
}

/// The row of role Step that Call belongs to, or null.
static const ApiRow *findStepRow(const CallExpr *Call) {
  ApiCall Found = findApiCall(Call, ApiRole::Step);
  return Found.Row;
}

/// True if S mentions Var elsewhere than in Without.
static bool mentionsVariable(const Stmt *S, const VarDecl *Var,
                             const Stmt *Without) {
  if (!S || S == Without)
    return false;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(S))
    return Ref->getDecl() == Var;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return mentionsVariable(Child, Var, Without);
  });
}

/// True if the turns of the loop are about what W has given them. A loop that
/// only waits for it, `while (!resolve(name, &address)) sleep(1);`, is no walk.
static bool isWalkOver(const Stmt *Loop, const Write &W) {
  const Stmt *Body = nullptr;
  if (const auto *While = dyn_cast<WhileStmt>(Loop))
    Body = While->getBody();
  else if (const auto *For = dyn_cast<ForStmt>(Loop))
    Body = For->getBody();
  else if (const auto *Do = dyn_cast<DoStmt>(Loop))
    Body = Do->getBody();
  const VarDecl *Var = W.Target.getRoot();
  // A member, or a global by way of a function, may be used without a mention.
  if (!Var || !Var->hasLocalStorage())
    return true;
  return mentionsVariable(Body, Var, W.Where);
}

/// True if a loop ends when Call says so: `while (get_address(list,
/// &address))`, or when Target, which it has given by W, is null.
static bool endsLoop(const FunctionFlow &Flow, const CallExpr *Call,
                     const Write &W, const AccessPath &Target) {
  for (const CFGBlock *Block : Flow.getCFG()) {
    const Stmt *Terminator = Block->getTerminatorStmt();
    if (!Terminator || !isa<WhileStmt, ForStmt, DoStmt>(Terminator))
      continue;
    const Expr *Condition = Block->getLastCondition();
    if (!Condition || !isWalkOver(Terminator, W))
      continue;
    if (holds(Condition, Call))
      return true;
    Condition = Condition->IgnoreParenImpCasts();
    if (const auto *Binary = dyn_cast<BinaryOperator>(Condition))
      if (Binary->isEqualityOp())
        Condition = Binary->getLHS()->IgnoreParenImpCasts();
    if (Target.isValid() && Flow.path(Condition) == Target)
      return true;
  }
  return false;
}

/// True if Call, of a function out of sight that is no row of the API table, is
/// handed at least Least objects that it may change.
static bool mayKeepPlace(const CallExpr *Call, unsigned Least) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || Callee->hasBody() || isa<CXXMethodDecl>(Callee) ||
      getApiRole(Call) != ApiRole::None ||
      !ApiTable::current().find(getFreeFunctionName(Call)).empty())
    return false;
  return llvm::count_if(Callee->parameters(), [](const ParmVarDecl *Each) {
           return isPointerToChangeable(Each->getType());
         }) >= static_cast<long>(Least);
}

bool isEnumerated(const FunctionFlow &Flow, const Write &W) {
  if (W.WriteKind == Write::Pass)
    return mayKeepPlace(W.Call, 2) && endsLoop(Flow, W.Call, W, AccessPath());
  const auto *Call = W.WriteKind == Write::Assign && W.Value
                         ? dyn_cast<CallExpr>(W.Value->IgnoreParenCasts())
                         : nullptr;
  return Call && Call->getType()->isPointerType() && mayKeepPlace(Call, 1) &&
         endsLoop(Flow, Call, W, W.Target);
}

bool givesNext(const Expr *E, const FunctionFlow &Flow) {
  const auto *Call = dyn_cast<CallExpr>(E->IgnoreParenCasts());
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (!Callee)
    return false;
  if (const ApiRow *Row = findStepRow(Call))
    return !Row->Result.isSet();
  if (const FunctionDecl *Body = getBodyOf(Call)) {
    const BodyEffects &Effects = getReader(Flow).read(Body, Flow.getUnit());
    if (Effects.Known)
      return Effects.ReturnsNext;
  }
  if (!isNamedForNext(Callee))
    return false;
  // The second witness: something is there that it can go on through, what it
  // is handed to change or what it keeps for itself.
  const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
  if (Method && Method->isInstance())
    return !Method->isConst();
  return Callee->getNumParams() == 0 ||
         llvm::any_of(Callee->parameters(), [](const ParmVarDecl *Each) {
           return isPointerToChangeable(Each->getType());
         });
}

bool putsNext(const FunctionFlow &Flow, const Write &W) {
  const FunctionDecl *Callee = W.Call->getDirectCallee();
  if (!Callee)
    return false;
  if (const ApiRow *Row = findStepRow(W.Call))
    return Row->Result.Index < 0 || unsigned(Row->Result.Index) == W.Argument;
  if (const FunctionDecl *Body = getBodyOf(W.Call))
    if (getReader(Flow).read(Body, Flow.getUnit()).Known)
      return false; // findAdvancedBy() has what it does.
  // The second witness: nothing else can have made it, or it is kept in
  // something else that is handed over, too.
  if (!isNamedForNext(Callee))
    return false;
  unsigned Changeable = llvm::count_if(
      Callee->parameters(), [](const ParmVarDecl *Each) {
        return isPointerToChangeable(Each->getType());
      });
  return Changeable >= 2 || !isMadeElsewhere(Flow, W);
}

bool movesObject(const FunctionFlow &Flow, const CXXMemberCallExpr *Call) {
  const CXXMethodDecl *Method = Call->getMethodDecl();
  if (!Method || Method->isConst())
    return false;
  if (findStepRow(Call))
    return true;
  const FunctionDecl *Body = getBodyOf(Call);
  if (Body && getReader(Flow).read(Body, Flow.getUnit()).Known)
    return false;
  return isNamedForNext(Method);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
