//===- Definitions.cpp - from where an object has its value ---------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Definitions.h"
#include "../api/LearnedRows.h"
#include "../code/CallPaths.h"
#include "../code/Limits.h"
#include "../code/Statements.h"
#include "Values.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/RecursiveASTVisitor.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many calls of one function are looked at for a parameter's values.
static constexpr unsigned MaxCallers = 32;
/// How many elements of an array are looked at.
static constexpr unsigned MaxElements = 64;
/// How many whole-object copies are followed in a row.
static constexpr unsigned MaxCopies = 4;

AccessPath getPathAt(const Expr *E, Place At) {
  static const PointerAliases None;
  return getAccessPath(E, At.Flow ? At.Flow->getAliases() : None);
}

AccessPath rebase(const AccessPath &Path, const ParmVarDecl *Parameter,
                  const Expr *Argument, const FunctionFlow *Caller) {
  if (!Argument || !Caller || Path.getRoot() != Parameter->getCanonicalDecl())
    return {};
  llvm::ArrayRef<AccessPath::Step> Steps = Path.steps();
  AccessPath Outer;
  if (Parameter->getType()->isReferenceType()) {
    Outer = Caller->path(Argument);
  } else {
    // The parameter itself is a copy: only what it points to is the caller's.
    if (Steps.empty() || Steps.front().StepKind != AccessPath::Step::Deref)
      return {};
    Outer = Caller->pointee(Argument);
    Steps = Steps.drop_front();
  }
  return Outer.isValid() ? Outer.withSteps(Steps) : Outer;
}

bool Entry::beginsOpen() const {
  const Entry *First = this;
  while (First->From.Via)
    First = First->From.Via;
  return First->isOpen();
}

const Expr *Entry::getArgument(const ParmVarDecl *Parameter) const {
  if (isOpen())
    return nullptr;
  unsigned Index = Parameter->getFunctionScopeIndex();
  if (Index >= Callee->getNumParams() ||
      Callee->getParamDecl(Index) != Parameter)
    return nullptr;
  // The object of an operator that is a member is argument 0.
  if (isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee))
    ++Index;
  if (Index >= Call->getNumArgs())
    return nullptr;
  const Expr *Argument = getPlainArgument(Call, Index);
  return isa<CXXDefaultArgExpr>(Argument) ? nullptr : Argument;
}

AccessPath Entry::toCaller(const AccessPath &Path) const {
  if (isOpen())
    return {};
  // What a caller in another file knows is that of one object.
  if (!Path.getRoot() && !Path.isErrno() && beginsOpen())
    return selfconnect::toCaller(*From.Flow, Call, Path);
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
  return Parameter ? rebase(Path, Parameter, getArgument(Parameter), From.Flow)
                   : AccessPath();
}

namespace {

class DefinitionFinder {
public:
  explicit DefinitionFinder(TranslationUnit &Unit) : Unit(Unit) {}

  void find(const AccessPath &Path, Place At);
  Definitions Result;

private:
  void addWrite(const Write &W, const AccessPath &Path, Place At);
  void addFromOutside(const AccessPath &Path, Place At);
  void addParameter(const ParmVarDecl *Parameter);
  bool addPartOfParameter(const AccessPath &Path, const ParmVarDecl *Parameter,
                          Place At);
  void addGlobal(const VarDecl *Var, const AccessPath &Path);
  void addField(const FieldDecl *Field, const VarDecl *Object = nullptr);
  bool addPartInits(const Expr *Init, llvm::ArrayRef<AccessPath::Step> Steps,
                    Place At, const Write *W);
  void addGivings(const Givings &Given, const VarDecl *Object = nullptr);
  bool addLearned(const FunctionDecl *Callee, int Target,
                  llvm::ArrayRef<AccessPath::Step> Steps,
                  llvm::ArrayRef<const Expr *> Arguments, Place At);
  void addLearnedField(const FieldDecl *Field);
  /// Counts a copy that would be followed; false when there were enough.
  bool mayCopy(Place At) {
    if (++Copies <= MaxCopies)
      return true;
    reportLimit("MaxCopies", At.getFunction());
    return false;
  }
  void addValue(const Expr *E, Place At) {
    Result.Found.push_back({Definition::Value, E, At});
  }

  TranslationUnit &Unit;
  unsigned Copies = 0;
};

} // namespace

static const FieldDecl *getLastFieldDecl(const AccessPath &Path) {
  if (Path.steps().empty() ||
      Path.steps().back().StepKind != AccessPath::Step::Field)
    return nullptr;
  return Path.steps().back().Member;
}

void DefinitionFinder::find(const AccessPath &Path, Place At) {
  if (!Path.isValid()) {
    Result.Unknown = true;
    return;
  }
  // No use, but an entry: what is there when the function comes to its end.
  bool AtEnd = !At.Use && At.Via && !At.Via->isOpen();
  if (!At.Flow || (!AtEnd && !At.Flow->find(At.Use).Block)) {
    addFromOutside(Path, At);
    return;
  }
  if (Path.getRoot() && !At.Flow->writesTo(Path.getRoot())) {
    addFromOutside(Path, At);
    return;
  }
  FunctionFlow::LastWrites Last =
      At.Flow->findLastWrites(At.Use, Path, [&](const Write &W) {
        if (!W.Target.contains(Path))
          return FunctionFlow::Effect::None;
        return W.WriteKind == Write::Update || W.WriteKind == Write::Pass
                   ? FunctionFlow::Effect::May
                   : FunctionFlow::Effect::Must;
      });
  for (const Write *W : Last.Writes)
    addWrite(*W, Path, At);
  if (Last.FromEntry)
    addFromOutside(Path, At);
}

void DefinitionFinder::addWrite(const Write &W, const AccessPath &Path,
                                Place At) {
  Place There = {At.Flow, W.Where, At.Via};
  const FieldDecl *Field = getLastFieldDecl(Path);
  switch (W.WriteKind) {
  case Write::Zero:
    Result.Found.push_back({Definition::Zero, nullptr, There, &W});
    return;
  case Write::Declare:
    // A default constructor may have filled the field.
    if (Field && isa<CXXRecordDecl>(Field->getParent()) &&
        Unit.getContext().getLangOpts().CPlusPlus)
      addField(Field);
    return; // Otherwise indeterminate: no value that a program means.
  case Write::Update:
    Result.Found.push_back({Definition::Update, W.Value, There, &W});
    return;
  case Write::Pass:
    if (addLearned(W.Call->getDirectCallee(), static_cast<int>(W.Argument),
                   Path.steps().drop_front(W.Target.steps().size()),
                   {W.Call->getArgs(), W.Call->getNumArgs()}, There))
      return;
    // `parse_options(&config)`: what this file gives to the field anywhere.
    if (Field && W.Target != Path)
      addField(Field);
    Result.Found.push_back({Definition::Pass, nullptr, There, &W});
    return;
  case Write::Assign:
    break;
  }
  if (W.Target == Path) {
    addValue(W.Value, There);
    return;
  }
  llvm::ArrayRef<AccessPath::Step> Rest =
      Path.steps().drop_front(W.Target.steps().size());
  const Expr *Value = W.Value->IgnoreParenImpCasts();
  if (addPartInits(Value, Rest, There, &W))
    return;
  // `Server server(50000);`
  if (const auto *Construct =
          dyn_cast<CXXConstructExpr>(ignoreTemporaries(Value)))
    if (addLearned(Construct->getConstructor(), -1, Rest,
                   {Construct->getArgs(), Construct->getNumArgs()}, There))
      return;
  // `addr = other;`: the same part of the other object.
  AccessPath Other = At.Flow->path(Value);
  if (Other.isValid() && Other != W.Target && mayCopy(There)) {
    find(Other.withSteps(Rest), There);
    return;
  }
  if (Field)
    addField(Field);
  Result.Unknown = true;
}

/// What Init gives to the part that Steps lead to; of an array, to any element.
/// False if it gives nothing to it. W is null outside of functions, where what
/// is left out is left out here, too.
bool DefinitionFinder::addPartInits(const Expr *Init,
                                    llvm::ArrayRef<AccessPath::Step> Steps,
                                    Place At, const Write *W) {
  if (Steps.empty()) {
    if (!isa<ImplicitValueInitExpr>(Init))
      addValue(Init, At);
    else if (W)
      Result.Found.push_back({Definition::Zero, nullptr, At, W});
    return true;
  }
  const auto *List =
      Init ? dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts()) : nullptr;
  if (!List)
    return false;
  if (const InitListExpr *Semantic = List->getSemanticForm())
    List = Semantic;
  if (Steps.front().StepKind == AccessPath::Step::Field) {
    const Expr *Part = getFieldInit(List, Steps.front().Member->getName());
    return Part && addPartInits(Part, Steps.drop_front(), At, W);
  }
  if (!List->getType()->isArrayType())
    return false;
  bool Any = false;
  for (const Expr *Element : List->inits().take_front(MaxElements))
    Any |= addPartInits(Element, Steps.drop_front(), At, W);
  if (List->getNumInits() > MaxElements) {
    reportLimit("MaxElements", At.getFunction());
    Result.Unknown = true;
  }
  return Any;
}

/// The path has no last write in the function, or there is no function.
void DefinitionFinder::addFromOutside(const AccessPath &Path, Place At) {
  const VarDecl *Root = Path.getRoot();
  if (At.Via && At.Via->isOpen() && !Path.isErrno() &&
      (!Root || isa<ParmVarDecl>(Root))) {
    Result.Found.push_back({Definition::Open, nullptr, At, nullptr, Path});
    return;
  }
  if (At.Via) {
    AccessPath Outer = At.Via->toCaller(Path);
    if (Outer.isValid() && mayCopy(At))
      return find(Outer, At.Via->From);
  }
  if (Root && Path.steps().empty()) {
    if (const auto *Parameter = dyn_cast<ParmVarDecl>(Root)) {
      if (At.Via)
        if (const Expr *Argument = At.Via->getArgument(Parameter))
          return addValue(Argument, At.Via->From);
      return addParameter(Parameter);
    }
    if (Root->hasGlobalStorage())
      return addGlobal(Root, Path);
    // A local that is asked for from a lambda or a nested place: its
    // initialiser, if that is all there is.
    if (isReadable(Root->getAnyInitializer()) &&
        (Root->isConstexpr() || Root->getType().isConstQualified()))
      return addValue(Root->getAnyInitializer(), {At.Flow, nullptr, At.Via});
    Result.Unknown = true;
    return;
  }
  // `for (int port : ports)`: what the hidden iterator points to.
  if (Root && Root->isImplicit() && isReadable(Root->getInit()) && At.Flow &&
      !Path.steps().empty() &&
      Path.steps().front().StepKind == AccessPath::Step::Deref) {
    AccessPath Element = At.Flow->pointee(Root->getInit());
    if (Element.isValid() && Element.getRoot() != Root && mayCopy(At))
      return find(Element.withStep({AccessPath::Step::Index, nullptr})
                      .withSteps(Path.steps().drop_front()),
                  At);
  }
  if (const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Root))
    if (!At.Via && addPartOfParameter(Path, Parameter, At))
      return;
  if (Root && Root->hasGlobalStorage())
    addGlobal(Root, Path);
  else if (const FieldDecl *Field = getLastFieldDecl(Path))
    addField(Field);
  else
    Result.Unknown = true;
}

/// `config->port`: what each of the callers has in its own object. False where
/// not all of them are in sight or name it.
bool DefinitionFinder::addPartOfParameter(const AccessPath &Path,
                                          const ParmVarDecl *Parameter,
                                          Place At) {
  const auto *Function = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  if (!Function || !Unit.seesAllCalls(Function))
    return false;
  unsigned Index = Parameter->getFunctionScopeIndex();
  std::vector<std::pair<AccessPath, Place>> Outer;
  for (const CallSite &Site : Unit.getCalls(Function)) {
    const FunctionFlow *Caller =
        Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    if (!Caller || Index >= Site.Arguments.size())
      return false;
    AccessPath There = rebase(Path, Parameter, Site.Arguments[Index], Caller);
    if (!There.isValid() || Caller->getFunction() == Function)
      return false;
    Outer.push_back({There, {Caller, Site.Call}});
  }
  if (Outer.empty() || Outer.size() > MaxCallers || !mayCopy(At))
    return false;
  for (const auto &[There, Where] : Outer)
    find(There, Where);
  return true;
}

void DefinitionFinder::addParameter(const ParmVarDecl *Parameter) {
  const auto *Function = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  if (!Function) {
    Result.Unknown = true;
    return;
  }
  unsigned Index = Parameter->getFunctionScopeIndex();
  llvm::ArrayRef<CallSite> Calls = Unit.getCalls(Function);
  if (Calls.size() > MaxCallers) {
    reportLimit("MaxCallers", Function);
    Calls = Calls.take_front(MaxCallers);
    Result.Unknown = true;
  }
  Result.Unknown |= Calls.empty() || !Unit.seesAllCalls(Function);
  bool Defaulted = false;
  for (const CallSite &Site : Calls) {
    const Expr *Argument =
        Index < Site.Arguments.size() ? Site.Arguments[Index] : nullptr;
    if (Argument && !isa<CXXDefaultArgExpr>(Argument))
      addValue(Argument,
               {Site.Caller ? Unit.getFlow(Site.Caller) : nullptr, Site.Call});
    else
      Defaulted = true;
  }
  // Where nobody calls it in sight, the default is what callers elsewhere get.
  if (!Defaulted && !Calls.empty())
    return;
  for (const FunctionDecl *Declaration : Function->redecls()) {
    if (Index >= Declaration->getNumParams())
      continue;
    const ParmVarDecl *Declared = Declaration->getParamDecl(Index);
    if (Declared->hasDefaultArg() && !Declared->hasUnparsedDefaultArg() &&
        !Declared->hasUninstantiatedDefaultArg()) {
      addValue(Declared->getDefaultArg(), {nullptr, nullptr});
      return;
    }
  }
}

/// What Callee, which has no body here, gives to the part that Steps lead to of
/// its object (Target is -1) or of what its parameter Target points to. False
/// if nothing is known of that.
bool DefinitionFinder::addLearned(const FunctionDecl *Callee, int Target,
                                  llvm::ArrayRef<AccessPath::Step> Steps,
                                  llvm::ArrayRef<const Expr *> Arguments,
                                  Place At) {
  LearnedRows *Rows = LearnedRows::current();
  if (!Rows || !Callee || Callee->hasBody())
    return false;
  SummaryPath Path;
  Path.Parameter = Target;
  for (const AccessPath::Step &Step : Steps)
    if (Step.StepKind == AccessPath::Step::Field)
      Path.Fields.push_back(Step.Member->getName().str());
  bool Any = false;
  for (const Summary *Row : Rows->findFieldSets(Callee))
    for (const SummarySet &Set : Row->Sets) {
      if (!(Set.Target == Path))
        continue;
      Any = true;
      const std::optional<SummaryPath> &From = Set.Value.From;
      size_t Index = From ? size_t(From->Parameter) : 0;
      if (!From)
        Result.Found.push_back(
            {Definition::Learned, nullptr, At, nullptr, {}, &Set.Value});
      else if (From->Parameter >= 0 && From->Fields.empty() &&
               Index < Arguments.size())
        addValue(Arguments[Index], At);
      else
        Result.Unknown = true;
    }
  return Any;
}

/// What constructors and methods of other files give to Field, of whatever
/// object, where this file calls them.
void DefinitionFinder::addLearnedField(const FieldDecl *Field) {
  const auto *Class = dyn_cast<CXXRecordDecl>(Field->getParent());
  if (!Class || !LearnedRows::current() || !Field->getIdentifier())
    return;
  const AccessPath::Step Step = {AccessPath::Step::Field, Field};
  for (const Decl *Member : Class->decls()) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Member);
    if (!Method || Method->isImplicit() || Method->hasBody())
      continue;
    for (const CallSite &Site : Unit.getCalls(Method).take_front(MaxCallers))
      addLearned(
          Method, -1, Step, Site.Arguments,
          {Site.Caller ? Unit.getFlow(Site.Caller) : nullptr, Site.Call});
  }
}

/// Object, if not null, is the variable whose field it is: what others have is
/// left out.
void DefinitionFinder::addGivings(const Givings &Given,
                                  const VarDecl *Object) {
  Result.Unknown |= Given.Other;
  for (const Giving &One : Given.Values) {
    if (Object && One.Object && One.Object != Object)
      continue;
    addValue(One.Value,
             {One.Function ? Unit.getFlow(One.Function) : nullptr, One.Value});
  }
}

void DefinitionFinder::addGlobal(const VarDecl *Var, const AccessPath &Path) {
  const Expr *Init = Var->getAnyInitializer();
  if (Init && !isReadable(Init)) {
    Result.Unknown = true;
    return;
  }
  if (!Path.steps().empty()) {
    bool Given =
        Init && addPartInits(Init, Path.steps(), {nullptr, nullptr}, nullptr);
    if (Given && Var->getType().isConstQualified())
      return;
    if (const FieldDecl *Field = getLastFieldDecl(Path)) {
      // Where all of it is copied from another one, it has that one's.
      bool IsCopied = !Unit.getGlobalGivings(Var).Values.empty();
      if (!Var->getType().isConstQualified())
        addField(Field, IsCopied ? nullptr : Var->getCanonicalDecl());
    } else {
      Result.Unknown = true;
    }
    return;
  }
  if (Init)
    addValue(Init, {nullptr, nullptr});
  bool IsConstant =
      Init && (Var->isConstexpr() || Var->getType().isConstQualified());
  if (IsConstant)
    return;
  const Givings &Given = Unit.getGlobalGivings(Var);
  // Zero before the first assignment: nobody listens on that on purpose.
  if (!Init && (Given.Values.empty() || Var->hasExternalStorage()))
    Result.Unknown = true;
  addGivings(Given);
}

/// True if other files can give the field other values.
static bool isOpenToOthers(const FieldDecl *Field, const ASTContext &Context) {
  const SourceManager &Sources = Context.getSourceManager();
  return !Sources.isInMainFile(Sources.getExpansionLoc(Field->getLocation())) &&
         (Field->getAccess() == AS_public || Field->getAccess() == AS_none);
}

void DefinitionFinder::addField(const FieldDecl *Field,
                                const VarDecl *Object) {
  const Givings &Given = Unit.getFieldGivings(Field);
  bool IsAddress = Field->getParent()->getIdentifier() &&
                   Field->getParent()->getName().substr(0, 8) == "sockaddr";
  Result.Unknown |= IsAddress || Given.Values.empty() ||
                    isOpenToOthers(Field, Unit.getContext());
  // The fields of a socket address belong to each object alone.
  if (!IsAddress) {
    addGivings(Given, Object);
    addLearnedField(Field);
  }
}

Definitions findDefinitions(TranslationUnit &Unit, const AccessPath &Path,
                            Place At) {
  DefinitionFinder Finder(Unit);
  Finder.find(Path, At);
  return std::move(Finder.Result);
}

namespace {

/// The return statements of one function, those of lambdas in it apart.
class ReturnCollector : public RecursiveASTVisitor<ReturnCollector> {
public:
  std::vector<const ReturnStmt *> Returns;
  bool VisitReturnStmt(ReturnStmt *Return) {
    Returns.push_back(Return);
    return true;
  }
  bool TraverseLambdaExpr(LambdaExpr *) { return true; }
};

} // namespace

Definitions findReturns(TranslationUnit &Unit, const FunctionDecl *Function,
                        const Entry *Via) {
  Definitions Result;
  const FunctionDecl *Definition = nullptr;
  if (!Function->hasBody(Definition) || Definition->isDependentContext()) {
    Result.Unknown = true;
    return Result;
  }
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Definition))
    Result.Unknown = Method->isVirtual();
  ReturnCollector Collector;
  Collector.TraverseStmt(Definition->getBody());
  const FunctionFlow *Flow = Unit.getFlow(Definition);
  for (const ReturnStmt *Return : Collector.Returns)
    if (Return->getRetValue())
      Result.Found.push_back(
          {Definition::Value, Return->getRetValue(), {Flow, Return, Via}});
  return Result;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
