//===- FunctionFlow.cpp - control flow and writes of one function ---------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "FunctionFlow.h"
#include "clang/AST/Attr.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

const Expr *getPlainArgument(const CallExpr *Call, unsigned Index) {
  if (Index >= Call->getNumArgs())
    return nullptr;
  const Expr *Arg = Call->getArg(Index)->IgnoreParenImpCasts();
  if (const auto *Literal = dyn_cast<CompoundLiteralExpr>(Arg))
    if (Literal->getType()->isUnionType())
      if (const auto *List = dyn_cast<InitListExpr>(Literal->getInitializer()))
        if (List->getNumInits() == 1 && List->getInit(0))
          return List->getInit(0)->IgnoreParenImpCasts();
  return Arg;
}

llvm::StringRef getFreeFunctionName(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier() || isa<CXXMethodDecl>(Callee))
    return "";
  const DeclContext *Parent = Callee->getDeclContext()->getRedeclContext();
  // A function of another scope shares no more than the name.
  if (!Parent->isTranslationUnit() && !Parent->isStdNamespace() &&
      !Callee->isExternC() && !isa<FunctionDecl>(Parent))
    return "";
  return Callee->getName();
}

/// The type behind a pointer or reference parameter; for glibc's transparent
/// unions, that of their first member.
static QualType getParameterPointee(QualType Type) {
  if (const RecordType *Record = Type->getAsUnionType()) {
    const RecordDecl *Union = Record->getDecl()->getDefinition();
    if (Union && Union->hasAttr<TransparentUnionAttr>() &&
        !Union->field_empty())
      Type = Union->field_begin()->getType();
  }
  if (Type->isPointerType() || Type->isReferenceType())
    return Type->getPointeeType();
  return {};
}

std::unique_ptr<FunctionFlow> FunctionFlow::build(const FunctionDecl *Function,
                                                  TranslationUnit &Unit) {
  if (!Function->doesThisDeclarationHaveABody() || !Function->getBody() ||
      Function->isDependentContext())
    return nullptr;
  CFG::BuildOptions Options;
  Options.setAllAlwaysAdd();
  Options.AddInitializers = true;
  auto Flow = std::make_unique<FunctionFlow>();
  Flow->Graph =
      CFG::buildCFG(Function, Function->getBody(), &Unit.getContext(), Options);
  if (!Flow->Graph)
    return nullptr;
  Flow->Unit = &Unit;
  Flow->Function = Function;
  Flow->indexElements();
  Flow->indexTries();
  return Flow;
}

/// The blocks that can be reached from Graph's entry. Any call may throw, so
/// the handlers of a try are among them.
static llvm::SmallPtrSet<const CFGBlock *, 32> findReachable(const CFG &Graph) {
  llvm::SmallPtrSet<const CFGBlock *, 32> Reachable;
  llvm::SmallVector<const CFGBlock *, 32> Worklist{&Graph.getEntry()};
  Worklist.append(Graph.try_blocks_begin(), Graph.try_blocks_end());
  while (!Worklist.empty()) {
    const CFGBlock *Block = Worklist.pop_back_val();
    if (!Reachable.insert(Block).second)
      continue;
    for (const CFGBlock::AdjacentBlock &Succ : Block->succs())
      if (const CFGBlock *Target = Succ.getReachableBlock())
        Worklist.push_back(Target);
  }
  return Reachable;
}

void FunctionFlow::indexElements() {
  std::vector<const Stmt *> Elements;
  auto Reachable = findReachable(*Graph);
  for (const CFGBlock *Block : *Graph) {
    if (!Reachable.count(Block))
      continue;
    unsigned Index = 0;
    for (const CFGElement &Element : *Block) {
      if (auto Statement = Element.getAs<CFGStmt>()) {
        const Stmt *S = Statement->getStmt();
        if (Positions.insert({S, Position{Block, Index}}).second)
          Elements.push_back(S);
        if (const auto *Call = dyn_cast<CallExpr>(S))
          Calls.push_back(Call);
      }
      ++Index;
    }
  }
  // A pointer's alias may name another pointer's: once to learn them, once
  // more with what was learnt.
  for (int Round = 0; Round < 2; ++Round) {
    Writes.clear();
    for (const Stmt *S : Elements) {
      unsigned Begin = Writes.size();
      collectWrites(S);
      WritesOf[S] = {Begin, unsigned(Writes.size()) - Begin};
    }
    if (Round == 0)
      collectAliases();
  }
  for (const Write &W : Writes)
    WrittenRoots.insert(W.Target.getRoot());
}

void FunctionFlow::markTry(const Stmt *S, const CFGBlock *Handlers) {
  if (!S || isa<LambdaExpr>(S))
    return;
  if (const auto *Try = dyn_cast<CXXTryStmt>(S)) {
    const CFGBlock *Own = nullptr;
    for (auto I = Graph->try_blocks_begin(), E = Graph->try_blocks_end();
         I != E; ++I)
      if ((*I)->getTerminatorStmt() == Try)
        Own = *I;
    markTry(Try->getTryBlock(), Own ? Own : Handlers);
    for (unsigned I = 0; I != Try->getNumHandlers(); ++I)
      markTry(Try->getHandler(I), Handlers);
    return;
  }
  if (Handlers)
    HandlersOf[S] = Handlers;
  for (const Stmt *Child : S->children())
    markTry(Child, Handlers);
}

void FunctionFlow::indexTries() {
  if (Graph->try_blocks_begin() == Graph->try_blocks_end())
    return;
  markTry(Function->getBody(), nullptr);
  for (const CFGBlock *Block : *Graph)
    for (const CFGElement &Element : *Block) {
      auto Statement = Element.getAs<CFGStmt>();
      const CFGBlock *Handlers =
          Statement ? getHandlers(Statement->getStmt()) : nullptr;
      if (!Handlers)
        continue;
      auto &Blocks = Throwers[Handlers];
      if (!llvm::is_contained(Blocks, Block))
        Blocks.push_back(Block);
    }
}

/// `&x`, an array, or a pointer expression built on them.
static bool namesAnObject(const Expr *E) {
  E = E->IgnoreParenCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    return Unary->getOpcode() == UO_AddrOf;
  return E->getType()->isArrayType() || isa<DeclRefExpr>(E) ||
         isa<MemberExpr>(E);
}

void FunctionFlow::collectAliases() {
  llvm::DenseMap<const VarDecl *, const Write *> Single;
  for (const Write &W : Writes) {
    const VarDecl *Var = W.Target.getRoot();
    if (!Var || !W.Target.steps().empty() || W.WriteKind == Write::Declare ||
        !Var->hasLocalStorage() ||
        !(Var->getType()->isPointerType() || Var->getType()->isReferenceType()))
      continue;
    auto Inserted = Single.insert({Var, &W});
    if (!Inserted.second)
      Inserted.first->second = nullptr;
  }
  for (const auto &[Var, W] : Single) {
    if (!W || W->WriteKind != Write::Assign || isa<ParmVarDecl>(Var) ||
        !namesAnObject(W->Value))
      continue;
    AccessPath Object =
        Var->getType()->isReferenceType() ? path(W->Value) : pointee(W->Value);
    if (Object.isValid() && Object.getRoot() != Var) {
      Aliases[Var] = Object;
      AliasValues[Var] = W->Value;
    }
  }
}

void FunctionFlow::collectWrites(const Stmt *S) {
  auto Add = [&](Write::Kind Kind, AccessPath Target, const Expr *Value) {
    if (Target.isValid())
      Writes.push_back({Kind, S, std::move(Target), Value, nullptr, 0});
  };
  if (const auto *Binary = dyn_cast<BinaryOperator>(S)) {
    if (Binary->isCompoundAssignmentOp())
      Add(Write::Update, path(Binary->getLHS()), Binary->getRHS());
    else if (Binary->isAssignmentOp())
      Add(Write::Assign, path(Binary->getLHS()), Binary->getRHS());
    return;
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(S)) {
    if (Unary->isIncrementDecrementOp())
      Add(Write::Update, path(Unary->getSubExpr()), nullptr);
    return;
  }
  if (const auto *Declaration = dyn_cast<DeclStmt>(S)) {
    for (const Decl *D : Declaration->decls()) {
      const auto *Var = dyn_cast<VarDecl>(D);
      if (!Var || !Var->hasLocalStorage())
        continue;
      const Expr *Init = Var->getInit();
      if (Init && !isReadable(Init)) {
        Add(Write::Update, AccessPath(Var), nullptr);
        continue;
      }
      const auto *Construct = dyn_cast_or_null<CXXConstructExpr>(
          Init ? Init->IgnoreParenImpCasts() : nullptr);
      if (Construct && Construct->getNumArgs() == 0)
        // `sockaddr_in addr;` leaves it as it is, `= sockaddr_in()` clears it.
        Add(Construct->requiresZeroInitialization() ? Write::Zero
                                                    : Write::Declare,
            AccessPath(Var), nullptr);
      else
        Add(Init ? Write::Assign : Write::Declare, AccessPath(Var), Init);
    }
    return;
  }
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(S)) {
    if (Operator->getOperator() == OO_Equal && Operator->getNumArgs() == 2) {
      Add(Write::Assign, path(Operator->getArg(0)), Operator->getArg(1));
      return;
    }
    if (Operator->isAssignmentOp() || Operator->getOperator() == OO_PlusPlus ||
        Operator->getOperator() == OO_MinusMinus) {
      Add(Write::Update, path(Operator->getArg(0)), nullptr);
      return;
    }
  }
  // `list.reset(found)`: as if it were assigned.
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(S)) {
    const CXXMethodDecl *Method = Member->getMethodDecl();
    if (Method && Method->getIdentifier() && Method->getName() == "reset" &&
        Member->getNumArgs() >= 1 &&
        Member->getArg(0)->getType()->isPointerType()) {
      Add(Write::Assign, path(Member->getImplicitObjectArgument()),
          Member->getArg(0));
      return;
    }
  }
  if (const auto *Call = dyn_cast<CallExpr>(S))
    collectCallWrites(Call);
}

/// True if Call may write through its argument Index, which no parameter of a
/// known function stands for.
static bool mayWriteThrough(const CallExpr *Call, unsigned Index) {
  QualType Type = Call->getArg(Index)->IgnoreParenImpCasts()->getType();
  if (!Type->isPointerType() && !Type->isArrayType())
    return false;
  const FunctionDecl *Callee = Call->getDirectCallee();
  const FunctionProtoType *Proto = nullptr;
  if (Callee) {
    Proto = Callee->getType()->getAs<FunctionProtoType>();
    for (const auto *Format : Callee->specific_attrs<FormatAttr>())
      if (const IdentifierInfo *Kind = Format->getType())
        return Kind->getName().contains("scanf");
  } else if (!isa<CXXMemberCallExpr>(Call)) {
    // Through a pointer to a function.
    QualType Called = Call->getCallee()->getType();
    if (Called->isPointerType())
      Called = Called->getPointeeType();
    Proto = Called->getAs<FunctionProtoType>();
  }
  if (!Proto)
    return true;
  if (Index < Proto->getNumParams()) {
    QualType Pointee = getParameterPointee(Proto->getParamType(Index));
    return !Pointee.isNull() && !Pointee.isConstQualified();
  }
  // `log_error("no answer from %s, try %d", host, tries)`: an own variadic
  // function that is handed a text reads what follows, as printf() does.
  if (!Proto->isVariadic() || Proto->getNumParams() == 0)
    return true;
  QualType Last =
      getParameterPointee(Proto->getParamType(Proto->getNumParams() - 1));
  return Last.isNull() || !Last.isConstQualified() || !Last->isCharType();
}

void FunctionFlow::collectCallWrites(const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Name == "memset" || Name == "bzero" || Name == "explicit_bzero" ||
      Name == "__builtin_memset" || Name == "__builtin___memset_chk") {
    AccessPath Target =
        Call->getNumArgs() ? pointee(Call->getArg(0)) : AccessPath();
    if (Target.isValid())
      Writes.push_back({Write::Zero, Call, Target, nullptr, Call, 0});
    return;
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  // Operators called as members have the object as argument 0.
  unsigned FirstArgument =
      isa<CXXOperatorCallExpr>(Call) && isa_and_nonnull<CXXMethodDecl>(Callee)
          ? 1
          : 0;
  for (unsigned I = 0, E = Call->getNumArgs(); I != E; ++I) {
    const Expr *Arg = getPlainArgument(Call, I);
    QualType Pointee;
    if (Callee && I >= FirstArgument &&
        I - FirstArgument < Callee->getNumParams()) {
      const ParmVarDecl *Parameter = Callee->getParamDecl(I - FirstArgument);
      Pointee = getParameterPointee(Parameter->getType());
      if (Pointee.isNull() || Pointee.isConstQualified())
        continue;
      if (Parameter->getType()->isReferenceType()) {
        AccessPath Target = path(Arg);
        if (Target.isValid())
          Writes.push_back({Write::Pass, Call, Target, nullptr, Call, I});
        continue;
      }
    } else if (!mayWriteThrough(Call, I)) {
      continue;
    }
    AccessPath Target = pointee(Arg);
    if (Target.isValid())
      Writes.push_back({Write::Pass, Call, Target, nullptr, Call, I});
  }
}

FunctionFlow::Position FunctionFlow::find(const Stmt *S) const {
  auto It = Positions.find(S);
  return It == Positions.end() ? Position() : It->second;
}

llvm::ArrayRef<Write> FunctionFlow::writesAt(const Stmt *S) const {
  auto It = WritesOf.find(S);
  if (It == WritesOf.end() || It->second.second == 0)
    return {};
  return llvm::ArrayRef<Write>(Writes.data() + It->second.first,
                               It->second.second);
}

llvm::SmallVector<const CFGBlock *, 4>
FunctionFlow::getBlocksBefore(const CFGBlock *Block) const {
  llvm::SmallVector<const CFGBlock *, 4> Before;
  for (const CFGBlock::AdjacentBlock &Pred : Block->preds())
    if (const CFGBlock *Reached = Pred.getReachableBlock())
      Before.push_back(Reached);
  auto From = Throwers.find(Block);
  if (From != Throwers.end())
    Before.append(From->second.begin(), From->second.end());
  return Before;
}

bool FunctionFlow::walkBack(
    const Stmt *Use, llvm::function_ref<bool(const Stmt *)> Visit) const {
  Position Start = Use ? find(Use) : Position{&Graph->getExit(), 0};
  if (!Start.Block)
    return true;
  bool ReachedEntry = false;
  llvm::SmallPtrSet<const CFGBlock *, 16> Visited;
  llvm::SmallVector<Position, 16> Worklist{Start};
  while (!Worklist.empty()) {
    Position At = Worklist.pop_back_val();
    bool Stopped = false;
    for (unsigned I = At.Index; I-- > 0 && !Stopped;)
      if (auto Statement = (*At.Block)[I].getAs<CFGStmt>())
        Stopped = Visit(Statement->getStmt());
    if (Stopped)
      continue;
    ReachedEntry |= At.Block == &Graph->getEntry();
    for (const CFGBlock *Block : getBlocksBefore(At.Block))
      if (Visited.insert(Block).second)
        Worklist.push_back({Block, unsigned(Block->size())});
  }
  return ReachedEntry;
}

FunctionFlow::LastWrites FunctionFlow::findLastWrites(
    const Stmt *Use, const AccessPath &Path,
    llvm::function_ref<Effect(const Write &)> Classify) const {
  if (WrittenRoots.count(Path.getRoot()))
    return findLastWrites(Use, Classify);
  LastWrites Result;
  Result.FromEntry = true;
  return Result;
}

FunctionFlow::LastWrites FunctionFlow::findLastWrites(
    const Stmt *Use, llvm::function_ref<Effect(const Write &)> Classify) const {
  LastWrites Result;
  Result.FromEntry = walkBack(Use, [&](const Stmt *S) {
    bool Stop = false;
    for (const Write &W : writesAt(S)) {
      Effect Kind = Classify(W);
      if (Kind == Effect::None)
        continue;
      if (!llvm::is_contained(Result.Writes, &W))
        Result.Writes.push_back(&W);
      Stop |= Kind == Effect::Must;
    }
    return Stop;
  });
  return Result;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
