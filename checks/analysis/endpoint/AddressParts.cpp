//===- AddressParts.cpp - what fills a socket address ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "AddressParts.h"
#include "../api/NetworkApi.h"
#include "../code/Limits.h"
#include "../values/Values.h"
#include "Inet6Address.h"
#include "ResolvedAddress.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many functions and whole-object copies one search goes through in a row.
static constexpr unsigned MaxPartDepth = 6;
/// How many sources one search gives before the rest counts as unknown.
static constexpr unsigned MaxSources = 64;
/// How many functions or calls are looked at for one object from outside.
static constexpr unsigned MaxOthers = 32;
/// How many objects one search looks at in all.
static constexpr unsigned MaxSearches = 256;

/// What the fields of a part are called in the families of addresses.
static llvm::ArrayRef<llvm::StringLiteral> getFieldNames(AddressPart Part) {
  static constexpr llvm::StringLiteral Ports[] = {"sin_port", "sin6_port"};
  static constexpr llvm::StringLiteral Hosts[] = {"sin_addr", "sin6_addr"};
  static constexpr llvm::StringLiteral Families[] = {
      "sin_family", "sin6_family", "ss_family", "sa_family"};
  switch (Part) {
  case AddressPart::Port:
    return Ports;
  case AddressPart::Host:
    return Hosts;
  case AddressPart::Family:
    return Families;
  }
  return {};
}

static bool isPart(const AccessPath &Path, AddressPart Part) {
  auto IsNamed = [Part](const AccessPath::Step &Step) {
    return Step.StepKind == AccessPath::Step::Field &&
           llvm::is_contained(getFieldNames(Part), Step.Member->getName());
  };
  // `addr.sin_addr.s_addr`: a host has parts of its own.
  if (Part == AddressPart::Host)
    return llvm::any_of(Path.steps(), IsNamed);
  return !Path.steps().empty() && IsNamed(Path.steps().back());
}

/// The initialiser that List gives to the part, or null.
static const Expr *getPart(const InitListExpr *List, AddressPart Part) {
  if (const InitListExpr *Semantic = List->getSemanticForm())
    List = Semantic;
  for (llvm::StringRef Name : getFieldNames(Part))
    if (const Expr *Init = getFieldInit(List, Name))
      return Init;
  return nullptr;
}

/// The part of Path that ends with the variable or field Object, or an invalid
/// path.
static AccessPath getPrefix(AccessPath Path, const ValueDecl *Object) {
  while (!Path.steps().empty()) {
    const AccessPath::Step &Last = Path.steps().back();
    if (Last.StepKind == AccessPath::Step::Field && Last.Member == Object)
      return Path;
    Path = Path.withoutLastStep();
  }
  return Path.getRoot() == Object ? Path : AccessPath();
}

/// True if the call of W fills a whole address: what was there before it is
/// asked for, if it still matters, where the call is followed.
static bool isFollowed(const FunctionFlow &Flow, const Write &W) {
  if (findApiCall(W.Call, ApiRole::Endpoint))
    return true;
  llvm::StringRef Name = getFreeFunctionName(W.Call);
  if (Name == "memcpy" || Name == "memmove")
    return true;
  const FunctionDecl *Callee = W.Call->getDirectCallee();
  return Callee && Flow.getUnit().getFlow(Callee) &&
         W.Argument < Callee->getNumParams() &&
         !isa<CXXOperatorCallExpr>(W.Call);
}

/// The object that W copies as a whole into its target, or an invalid path.
static AccessPath getCopiedObject(const FunctionFlow &Flow, const Write &W) {
  if (W.WriteKind == Write::Assign && W.Value)
    return Flow.path(W.Value);
  if (W.WriteKind == Write::Pass) {
    llvm::StringRef Name = getFreeFunctionName(W.Call);
    if ((Name == "memcpy" || Name == "memmove") && W.Argument == 0 &&
        W.Call->getNumArgs() == 3)
      return Flow.pointee(W.Call->getArg(1));
  }
  return {};
}

namespace {

class PartFinder {
public:
  PartFinder(TranslationUnit &Unit, AddressPart Part,
             llvm::function_ref<void(const PartSource &, Place)> Each)
      : Unit(Unit), Part(Part), Each(Each) {}

  void find(const AccessPath &Address, Place At);

private:
  bool addWrite(const Write &W, const AccessPath &Address, Place There);
  void addWhole(const Write &W, const AccessPath &Address, Place There);
  bool addFilled(const Write &W, const AccessPath &Address, Place There);
  bool addReturned(const Expr *Value, Place There);
  void addFromOutside(const AccessPath &Address, Place At);
  bool addResolved(const AccessPath &Address, Place At);
  void addFromCallers(const AccessPath &Address, const ParmVarDecl *Parameter);
  bool isKnownToCallers(const AccessPath &Address) const;
  void addFromOthers(const ValueDecl *Object, const AccessPath &Address);
  void add(PartSource Source, Place There) {
    Source.Elsewhere = Elsewhere;
    if (++Sources < MaxSources) {
      Each(Source, There);
    } else if (Sources == MaxSources) {
      reportLimit("MaxSources", There.getFunction());
      Each({PartSource::Unknown}, There);
    }
  }
  void addUnknown() { add({PartSource::Unknown}, {nullptr, nullptr}); }

  TranslationUnit &Unit;
  AddressPart Part;
  llvm::function_ref<void(const PartSource &, Place)> Each;
  unsigned Depth = 0;
  unsigned Sources = 0;
  unsigned Searches = 0;
  /// What is found now is that of another object, it may be.
  bool Elsewhere = false;
};

} // namespace

void PartFinder::find(const AccessPath &Address, Place At) {
  if (!At.Flow || !Address.isValid())
    return addUnknown();
  if (Depth == MaxPartDepth || ++Searches > MaxSearches) {
    reportLimit(Depth == MaxPartDepth ? "MaxPartDepth" : "MaxSearches",
                At.getFunction());
    return addUnknown();
  }
  if (addResolved(Address, At))
    return;
  ++Depth;
  FunctionFlow::LastWrites Last =
      At.Flow->findLastWrites(At.Use, Address, [&](const Write &W) {
        bool Hit = W.Target.contains(Address) ||
                   (Address.contains(W.Target) && isPart(W.Target, Part));
        if (!Hit)
          return FunctionFlow::Effect::None;
        // `a.s6_addr[15] = 1` leaves the other bytes as they are.
        bool May = W.WriteKind == Write::Update || writesElement(W) ||
                   (W.WriteKind == Write::Pass && W.Target.contains(Address) &&
                    !(W.Target == Address && isFollowed(*At.Flow, W)));
        return May ? FunctionFlow::Effect::May : FunctionFlow::Effect::Must;
      });
  if (Last.FromEntry)
    addFromOutside(Address, At);
  for (const Write *W : Last.Writes)
    if (!addWrite(*W, Address, {At.Flow, W->Where, At.Via}))
      addWhole(*W, Address, {At.Flow, W->Where, At.Via});
  --Depth;
}

/// `rp->ai_addr`: of a list that getaddrinfo() has made.
bool PartFinder::addResolved(const AccessPath &Address, Place At) {
  AccessPath Node = getResolvedNode(Address);
  if (!Node.isValid())
    return false;
  forEachResolve(Unit, Node, At, [&](const CallExpr *Resolve, Place There) {
    if (Resolve)
      add({PartSource::Resolved, Resolve}, There);
    else
      addUnknown();
  });
  return true;
}

/// W writes the part alone, or all of the address with something simple.
bool PartFinder::addWrite(const Write &W, const AccessPath &Address,
                          Place There) {
  if (W.WriteKind == Write::Declare)
    return true; // Indeterminate: no value that a program means.
  if (W.WriteKind == Write::Zero) {
    add({PartSource::Zero, nullptr, &W}, There);
    return true;
  }
  if (W.Target.contains(Address))
    return false;
  if (W.WriteKind == Write::Assign)
    add({PartSource::Value, W.Value, &W}, There);
  else if (W.WriteKind == Write::Pass)
    add({PartSource::Handed, nullptr, &W}, There);
  else
    addUnknown();
  return true;
}

/// W writes all of the address, and maybe more.
void PartFinder::addWhole(const Write &W, const AccessPath &Address,
                          Place There) {
  AccessPath Other = getCopiedObject(*There.Flow, W);
  if (Other.isValid() && W.Target == Address && Other != Address)
    return find(Other, There);
  if (W.WriteKind == Write::Pass) {
    ApiCall Builder = findApiCall(W.Call, ApiRole::Endpoint);
    if (Builder &&
        Builder.get(Builder.Row->Result) == W.Call->getArg(W.Argument))
      return add({PartSource::Built, nullptr, &W}, There);
    if (!addFilled(W, Address, There))
      addUnknown();
    return;
  }
  const Expr *Value = W.Value ? W.Value->IgnoreParenImpCasts() : nullptr;
  const auto *List = dyn_cast_or_null<InitListExpr>(Value);
  if (List && W.Target == Address) {
    const Expr *Init = getPart(List, Part);
    if (Init && !isa<ImplicitValueInitExpr>(Init))
      add({PartSource::Value, Init, &W}, There);
    else
      add({PartSource::Zero, nullptr, &W}, There);
    return;
  }
  if (!Value || W.Target != Address || !addReturned(Value, There))
    addUnknown();
}

/// `fill(&addr, 33333)`: what the helper has written when it returns.
bool PartFinder::addFilled(const Write &W, const AccessPath &Address,
                           Place There) {
  const FunctionDecl *Body = nullptr;
  const FunctionDecl *Callee = W.Call->getDirectCallee();
  if (!Callee || !Callee->hasBody(Body))
    return false;
  if (isa<CXXOperatorCallExpr>(W.Call) && isa<CXXMethodDecl>(Body))
    return false;
  const FunctionFlow *Inside = Unit.getFlow(Body);
  if (!Inside || W.Argument >= Body->getNumParams())
    return false;
  const ParmVarDecl *Parameter = Body->getParamDecl(W.Argument);
  AccessPath Inner(Parameter);
  if (!Parameter->getType()->isReferenceType())
    Inner = Inner.pointee();
  Inner = Inner.withSteps(Address.steps().drop_front(W.Target.steps().size()));
  Entry Via = {W.Call, Body, There};
  find(Inner, {Inside, nullptr, &Via});
  return true;
}

/// `addr = make_address(33333)`: what the helper returns.
bool PartFinder::addReturned(const Expr *Value, Place There) {
  if (const auto *Full = dyn_cast<FullExpr>(Value))
    Value = Full->getSubExpr()->IgnoreParenImpCasts();
  const auto *Call = dyn_cast<CallExpr>(Value);
  const FunctionDecl *Body = nullptr;
  if (!Call || !Call->getDirectCallee() ||
      !Call->getDirectCallee()->hasBody(Body))
    return false;
  Entry Via = {Call, Body, There};
  Definitions Returns = findReturns(Unit, Body, &Via);
  if (Returns.Unknown || Returns.Found.empty())
    return false;
  for (const Definition &Return : Returns.Found) {
    const Expr *Returned = Return.E->IgnoreParenImpCasts();
    // In C++ a class is returned by a copy or a move of it.
    if (const auto *Copy = dyn_cast<CXXConstructExpr>(Returned))
      if (Copy->getNumArgs() == 1)
        Returned = Copy->getArg(0)->IgnoreParenImpCasts();
    find(getPathAt(Returned, Return.At), Return.At);
  }
  return true;
}

/// Nothing in the function must have written the part before At.
void PartFinder::addFromOutside(const AccessPath &Address, Place At) {
  if (At.Via && At.Via->isOpen() && !Address.isErrno() &&
      (!Address.getRoot() || isa<ParmVarDecl>(Address.getRoot())))
    return add({PartSource::Open, nullptr, nullptr, Address}, At);
  if (At.Via && !At.Via->isOpen()) {
    AccessPath Outer = At.Via->toCaller(Address);
    if (Outer.isValid()) {
      // Use is the call itself: what was there before it.
      Place From = At.Via->From;
      return find(Outer, {From.Flow, At.Via->Call, From.Via});
    }
  }
  // The object is the caller's where all callers are in sight and name it.
  const VarDecl *Root = Address.getRoot();
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Root);
  if (Parameter && isKnownToCallers(Address))
    return addFromCallers(Address, Parameter);
  // A field of an object is looked for in whatever may be that object.
  if (!Address.steps().empty() &&
      Address.steps().back().StepKind == AccessPath::Step::Field)
    return addFromOthers(Address.steps().back().Member, Address);
  if (Parameter)
    return addFromCallers(Address, Parameter);
  if (Root && Root->hasGlobalStorage() && Address.steps().empty())
    return addFromOthers(Root, Address);
  addUnknown();
}

/// True if every call of the function is in sight and names the object.
bool PartFinder::isKnownToCallers(const AccessPath &Address) const {
  const auto *Parameter = cast<ParmVarDecl>(Address.getRoot());
  const auto *Function = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  if (!Function || !Unit.seesAllCalls(Function))
    return false;
  llvm::ArrayRef<CallSite> Calls = Unit.getCalls(Function);
  unsigned Index = Parameter->getFunctionScopeIndex();
  return !Calls.empty() && Calls.size() <= MaxOthers &&
         llvm::all_of(Calls, [&](const CallSite &Site) {
           const FunctionFlow *Caller =
               Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
           return Caller && Caller->getFunction() != Function &&
                  Index < Site.Arguments.size() &&
                  rebase(Address, Parameter, Site.Arguments[Index], Caller)
                      .isValid();
         });
}

void PartFinder::addFromCallers(const AccessPath &Address,
                                const ParmVarDecl *Parameter) {
  const auto *Function = dyn_cast<FunctionDecl>(Parameter->getDeclContext());
  if (!Function)
    return addUnknown();
  llvm::ArrayRef<CallSite> Calls = Unit.getCalls(Function);
  if (Calls.size() > MaxOthers)
    reportLimit("MaxOthers", Function);
  if (Calls.empty() || Calls.size() > MaxOthers || !Unit.seesAllCalls(Function))
    addUnknown();
  unsigned Index = Parameter->getFunctionScopeIndex();
  for (const CallSite &Site : Calls.take_front(MaxOthers)) {
    const FunctionFlow *Caller =
        Site.Caller ? Unit.getFlow(Site.Caller) : nullptr;
    const Expr *Argument =
        Index < Site.Arguments.size() ? Site.Arguments[Index] : nullptr;
    find(rebase(Address, Parameter, Argument, Caller), {Caller, Site.Call});
  }
}

/// True for an object that is a variable or a part of one, not something behind
/// a pointer.
static bool isInVariable(const AccessPath &Path) {
  const VarDecl *Root = Path.getRoot();
  return Root && !isa<ParmVarDecl>(Root) &&
         !Root->getType()->isReferenceType() &&
         llvm::none_of(Path.steps(), [](const AccessPath::Step &Step) {
           return Step.StepKind == AccessPath::Step::Deref;
         });
}

/// False where Ours and Theirs, which both end with one field, are known to be
/// parts of two objects: of two variables, or two members of one class.
static bool mayBeSame(const AccessPath &Ours, const AccessPath &Theirs) {
  if (isInVariable(Ours) && isInVariable(Theirs))
    return Ours == Theirs;
  auto GetFields = [](const AccessPath &Path) {
    llvm::SmallVector<const FieldDecl *, 4> Fields;
    for (const AccessPath::Step &Step : Path.steps())
      if (Step.StepKind == AccessPath::Step::Field)
        Fields.push_back(Step.Member);
    return Fields;
  };
  auto OurFields = GetFields(Ours), TheirFields = GetFields(Theirs);
  if (OurFields.empty() || TheirFields.empty() ||
      OurFields.front()->getParent() != TheirFields.front()->getParent())
    return true;
  return OurFields == TheirFields;
}

/// Object is a global, or the field that Address is: what any function of the
/// file writes to it, whatever the order.
void PartFinder::addFromOthers(const ValueDecl *Object,
                               const AccessPath &Address) {
  const SourceManager &Sources = Unit.getContext().getSourceManager();
  llvm::ArrayRef<const FunctionDecl *> Users = Unit.getAddressUsers(Object);
  bool Open =
      Object->isExternallyVisible() &&
      !Sources.isInMainFile(Sources.getExpansionLoc(Object->getLocation()));
  if (Users.size() > MaxOthers)
    reportLimit("MaxOthers", Users.front());
  if (Open || Users.empty() || Users.size() > MaxOthers)
    addUnknown();
  if (Depth == MaxPartDepth) {
    reportLimit("MaxPartDepth", Users.empty() ? nullptr : Users.front());
    return;
  }
  bool Any = false;
  ++Depth;
  for (const FunctionDecl *Function : Users.take_front(MaxOthers)) {
    const FunctionFlow *Flow = Unit.getFlow(Function);
    if (!Flow || ++Searches > MaxSearches) {
      if (Flow)
        reportLimit("MaxSearches", Function);
      addUnknown();
      continue;
    }
    for (const Write &W : Flow->allWrites()) {
      AccessPath Same = getPrefix(W.Target, Object);
      // Cleared first, and then filled.
      if (!Same.isValid() || W.WriteKind == Write::Declare ||
          W.WriteKind == Write::Zero || !mayBeSame(Address, Same))
        continue;
      bool Whole = W.Target == Same;
      if (!Whole && !isPart(W.Target, Part))
        continue;
      Any = true;
      bool Before = Elsewhere;
      Elsewhere = Same != Address;
      if (Whole)
        addWhole(W, Same, {Flow, W.Where});
      else
        addWrite(W, Same, {Flow, W.Where});
      Elsewhere = Before;
    }
  }
  --Depth;
  if (!Any)
    addUnknown();
}

void forEachPartSource(
    TranslationUnit &Unit, const AccessPath &Address, AddressPart Part,
    Place At, llvm::function_ref<void(const PartSource &, Place)> Each) {
  PartFinder(Unit, Part, Each).find(Address, At);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
