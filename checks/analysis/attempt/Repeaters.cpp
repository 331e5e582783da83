//===- Repeaters.cpp - who calls again what it was given ------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Repeaters.h"
#include "../api/LearnedRows.h"
#include "../code/InitLists.h"
#include "../code/Statements.h"
#include "RepeatedCalls.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// A parameter's other declarations are other parameters.
static const ValueDecl *getCanonical(const ValueDecl *Declared) {
  return isa<ParmVarDecl>(Declared)
             ? Declared
             : cast<ValueDecl>(Declared->getCanonicalDecl());
}

/// The parameter, variable or field that E is, or is an element of; the
/// function or lambda that it names.
static const ValueDecl *getKeeper(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(E);
    if (const auto *Lambda = dyn_cast<LambdaExpr>(E))
      return Lambda->getCallOperator()->getCanonicalDecl();
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl());
      return getCanonical(Field ? getStorage(Field) : Member->getMemberDecl());
    }
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
      return getCanonical(Ref->getDecl());
    if (const auto *Subscript = dyn_cast<ArraySubscriptExpr>(E))
      E = Subscript->getBase();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E))
      E = Unary->getSubExpr();
    else if (Operator && (Operator->getOperator() == OO_Subscript ||
                          Operator->getOperator() == OO_Star ||
                          Operator->getOperator() == OO_Arrow))
      E = Operator->getArg(0);
    else
      return nullptr;
  }
}

/// What E, which something is given, gives it: E without std::move(),
/// std::bind(), and what else makes another function object of it.
static const ValueDecl *getGiven(const Expr *E) {
  while (true) {
    E = ignoreTemporaries(E);
    const auto *Call = dyn_cast<CallExpr>(E);
    const auto *Construct = dyn_cast<CXXConstructExpr>(E);
    const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
    if (Callee && Callee->isInStdNamespace() && Callee->getIdentifier() &&
        (Callee->getName() == "move" || Callee->getName() == "forward" ||
         Callee->getName() == "bind" || Callee->getName() == "ref") &&
        Call->getNumArgs() >= 1)
      E = Call->getArg(0);
    else if (Construct && Construct->getNumArgs() >= 1)
      E = Construct->getArg(0);
    else
      return getKeeper(E);
  }
}

/// True for what may be a function, or a container of some.
static bool mayHoldFunction(QualType Type) {
  Type = Type.getNonReferenceType();
  if (Type->isDependentType())
    return true;
  if (const auto *Array = Type->getAsArrayTypeUnsafe())
    Type = Array->getElementType();
  if (Type->isFunctionPointerType() || Type->isFunctionType())
    return true;
  // std::function, and those of others that are called nearly so.
  const CXXRecordDecl *Class = Type->getAsCXXRecordDecl();
  return Class && (Class->isInStdNamespace() || Class->isLambda() ||
                   (Class->getIdentifier() &&
                    Class->getName().contains_insensitive("function")));
}

namespace {

/// Collects where functions that are not known by name go, and where they are
/// called.
class HeldFinder : public RecursiveASTVisitor<HeldFinder> {
public:
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool TraverseDecl(Decl *D) {
    const FunctionDecl *Outer = Function;
    if (D)
      if (const auto *Inner = dyn_cast<FunctionDecl>(D))
        Function = Inner;
    bool Continue = RecursiveASTVisitor::TraverseDecl(D);
    Function = Outer;
    return Continue;
  }
  bool TraverseLambdaExpr(LambdaExpr *Lambda) {
    for (unsigned I = 0; I < Lambda->capture_size(); ++I) {
      const LambdaCapture &Capture = *(Lambda->capture_begin() + I);
      if (Lambda->isInitCapture(&Capture))
        TraverseDecl(const_cast<ValueDecl *>(
            static_cast<const ValueDecl *>(Capture.getCapturedVar())));
    }
    const FunctionDecl *Outer = Function;
    Function = Lambda->getCallOperator();
    bool Continue = TraverseStmt(Lambda->getBody());
    Function = Outer;
    return Continue;
  }

  bool VisitBinaryOperator(BinaryOperator *Binary) {
    if (Binary->getOpcode() == BO_Assign)
      give(getKeeper(Binary->getLHS()), Binary->getRHS());
    return true;
  }
  bool VisitCXXConstructorDecl(CXXConstructorDecl *Constructor) {
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (Init->isWritten() && Init->getAnyMember() &&
          isReadable(Init->getInit()))
        give(getStorage(Init->getAnyMember())->getCanonicalDecl(),
             Init->getInit());
    return true;
  }
  bool VisitVarDecl(VarDecl *Var) {
    if (!isa<ParmVarDecl>(Var) && isReadable(Var->getInit()))
      give(Var->getCanonicalDecl(), Var->getInit());
    return true;
  }
  bool VisitInitListExpr(InitListExpr *List) {
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = const_cast<InitListExpr *>(Semantic);
    for (const auto &[Field, Init] : getFieldInits(List))
      if (Init)
        give(getStorage(Field)->getCanonicalDecl(), Init);
    return true;
  }
  bool VisitCXXForRangeStmt(CXXForRangeStmt *Loop) {
    if (const VarDecl *Each = Loop->getLoopVariable())
      if (Loop->getRangeInit())
        give(Each->getCanonicalDecl(), Loop->getRangeInit());
    return true;
  }
  bool VisitCallExpr(CallExpr *Call) {
    const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call);
    if (Operator && Operator->getOperator() == OO_Equal &&
        Call->getNumArgs() == 2)
      give(getKeeper(Call->getArg(0)), Call->getArg(1));
    // `tasks.push_back(f)`: a method of a container of functions.
    const auto *Method = dyn_cast<CXXMemberCallExpr>(Call);
    if (Method && Method->getMethodDecl() &&
        Method->getMethodDecl()->getParent()->isInStdNamespace())
      for (const Expr *Argument : Call->arguments())
        give(getKeeper(Method->getImplicitObjectArgument()), Argument);
    bool CallsObject = Operator && Operator->getOperator() == OO_Call;
    if ((!Operator && !Call->getDirectCallee()) || CallsObject)
      if (const ValueDecl *Held =
              getKeeper(CallsObject ? Operator->getArg(0) : Call->getCallee()))
        if (mayHoldFunction(Held->getType()) && Function)
          Calls.push_back({Held, Call, Function});
    return true;
  }

  struct Flow {
    const ValueDecl *From, *To;
    const Expr *Where;
  };
  struct HeldCall {
    const ValueDecl *Held;
    const CallExpr *Call;
    const FunctionDecl *By;
  };
  std::vector<Flow> Flows;
  std::vector<HeldCall> Calls;

private:
  void give(const ValueDecl *To, const Expr *Value) {
    if (!To || !mayHoldFunction(To->getType()))
      return;
    const ValueDecl *From = getGiven(Value);
    if (From && From != To && mayHoldFunction(From->getType()))
      Flows.push_back({From, To, Value});
  }
  const FunctionDecl *Function = nullptr;
};

/// What of a file is called again and again: functions, and the parameters,
/// variables and fields that hold some; each with the place where it is given
/// to what calls it.
struct RepeatedHolders {
  bool IsFound = false;
  llvm::DenseMap<const ValueDecl *, const Expr *> Holders;
};

/// Goes from the calls that are repeated back to what is called there.
class RepeatedFinder {
public:
  RepeatedFinder(TranslationUnit &Unit, RepeatedHolders &Known)
      : Unit(Unit), Known(Known) {}
  void run();

private:
  void mark(const ValueDecl *Holder, const Expr *Where) {
    if (Known.Holders.try_emplace(Holder, Where).second)
      Worklist.push_back(Holder);
  }
  void markArguments(const FunctionDecl *Function, unsigned Index);

  TranslationUnit &Unit;
  RepeatedHolders &Known;
  llvm::SmallVector<const ValueDecl *, 8> Worklist;
};

} // namespace

/// What the calls of Function have in the place of that parameter.
void RepeatedFinder::markArguments(const FunctionDecl *Function,
                                   unsigned Index) {
  for (const CallSite &Site : Unit.getCalls(Function))
    if (Index < Site.Arguments.size())
      if (const ValueDecl *From = getGiven(Site.Arguments[Index]))
        if (mayHoldFunction(From->getType()))
          mark(From, Site.Call);
}

void RepeatedFinder::run() {
  HeldFinder Found;
  ASTContext &Context = Unit.getContext();
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (!Context.getSourceManager().isInSystemHeader(D->getLocation()))
      Found.TraverseDecl(D);
  for (const HeldFinder::HeldCall &Each : Found.Calls)
    if (!Known.Holders.count(Each.Held) &&
        isRepeatedCall(Each.Call, Each.By, Unit))
      mark(Each.Held, Each.Call);
  if (LearnedRows *Elsewhere = LearnedRows::current())
    for (const FunctionDecl *Function : Unit.getCalledElsewhere())
      for (const Summary *Row : Elsewhere->find(Function))
        for (unsigned Index : Row->Repeats)
          markArguments(Function, Index);
  while (!Worklist.empty()) {
    const ValueDecl *Next = Worklist.pop_back_val();
    for (const HeldFinder::Flow &Each : Found.Flows)
      if (Each.To == Next)
        mark(Each.From, Each.Where);
    const auto *Parameter = dyn_cast<ParmVarDecl>(Next);
    if (const auto *Of =
            Parameter ? dyn_cast<FunctionDecl>(Parameter->getDeclContext())
                      : nullptr)
      markArguments(Of, Parameter->getFunctionScopeIndex());
  }
}

static const llvm::DenseMap<const ValueDecl *, const Expr *> &
findRepeatedHolders(TranslationUnit &Unit) {
  RepeatedHolders &Known = Unit.memory<RepeatedHolders>();
  if (!Known.IsFound) {
    Known.IsFound = true;
    RepeatedFinder(Unit, Known).run();
  }
  return Known.Holders;
}

std::vector<unsigned> findRepeatedParameters(TranslationUnit &Unit,
                                             const FunctionDecl *Function) {
  std::vector<unsigned> Found;
  const auto &Holders = findRepeatedHolders(Unit);
  for (const ParmVarDecl *Parameter : Function->parameters())
    if (Holders.count(Parameter))
      Found.push_back(Parameter->getFunctionScopeIndex());
  return Found;
}

const Expr *findRepeater(TranslationUnit &Unit, const FunctionDecl *Function) {
  return findRepeatedHolders(Unit).lookup(Function->getCanonicalDecl());
}

std::vector<std::pair<const FunctionDecl *, const Expr *>>
findRepeatedElsewhere(TranslationUnit &Unit) {
  std::vector<std::pair<const FunctionDecl *, const Expr *>> Found;
  for (const auto &[Holder, Where] : findRepeatedHolders(Unit))
    if (const auto *Function = dyn_cast<FunctionDecl>(Holder))
      if (!Function->hasBody() && Function->isExternallyVisible())
        Found.push_back({Function, Where});
  return Found;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
