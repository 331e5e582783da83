//===- NetworkApi.cpp - which call does what with TCP ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "NetworkApi.h"
#include "../code/FunctionFlow.h"
#include "../code/Statements.h"
#include "LearnedRows.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "llvm/ADT/StringExtras.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static const ApiRow *findKernelRow(const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Name.empty())
    return nullptr;
  for (const ApiRow *Row : ApiTable::current().find(Name)) {
    if (Row->Name != Name || Row->Kind != ApiKind::Function)
      continue;
    if (Row->Arguments && *Row->Arguments != Call->getNumArgs())
      continue;
    // What a library does with endpoints is no business of the kernel's.
    bool OfEndpoints =
        Row->Role == ApiRole::Listen || Row->Role == ApiRole::Connect ||
        Row->Role == ApiRole::Bind || Row->Role == ApiRole::Endpoint;
    if (!OfEndpoints)
      return Row;
    // The rest of the analysis reads them where bind() and connect() have them.
    if (Row->isKernelCall() && Row->Fd.Index == 0 && Call->getNumArgs() >= 2 &&
        (Row->Role == ApiRole::Listen || Row->Address.Index == 1))
      return Row;
  }
  return nullptr;
}

const Summary *findSocketMaker(const CallExpr *Call) {
  LearnedRows *Learned = LearnedRows::current();
  const FunctionDecl *Callee = Learned ? Call->getDirectCallee() : nullptr;
  if (!Callee || findKernelRow(Call))
    return nullptr;
  for (const Summary *Row : Learned->find(Callee))
    if (Row->MakesSocket)
      return Row;
  return nullptr;
}

ApiRole getApiRole(const CallExpr *Call) {
  if (const ApiRow *Row = findKernelRow(Call))
    return Row->Role;
  return findSocketMaker(Call) ? ApiRole::Create : ApiRole::None;
}

SleepUnit getSleepUnit(const CallExpr *Call) {
  const ApiRow *Row = findKernelRow(Call);
  if (!Row || Row->Duration.Index < 0 ||
      unsigned(Row->Duration.Index) >= Call->getNumArgs())
    return {0, 0.0};
  return {unsigned(Row->Duration.Index), Row->Seconds};
}

/// True if D is called Name with all scopes; inline and unnamed namespaces have
/// no name.
static bool hasQualifiedName(const NamedDecl *D, llvm::StringRef Name) {
  while (true) {
    llvm::StringRef Last = Name.substr(Name.rfind(':') + 1);
    if (!D->getIdentifier() || D->getName() != Last)
      return false;
    Name = Name.drop_back(Last.size());
    const DeclContext *Scope = D->getDeclContext()->getRedeclContext();
    while (Scope->isInlineNamespace() ||
           (Scope->isNamespace() &&
            cast<NamespaceDecl>(Scope)->isAnonymousNamespace()))
      Scope = Scope->getParent()->getRedeclContext();
    if (Name.empty())
      // Functions may be declared inside of functions.
      return Scope->isTranslationUnit() || isa<FunctionDecl>(Scope);
    D = dyn_cast<NamedDecl>(Scope);
    if (!D || D->getDeclName().isEmpty())
      return false;
    Name = Name.drop_back(2);
  }
}

bool isGuardFunction(const CallExpr *Call,
                     const std::vector<std::string> &Extra) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier())
    return false;
  for (const ApiRow *Row : ApiTable::current().find(Callee->getName()))
    if (Row->Role == ApiRole::Guard && hasQualifiedName(Callee, Row->Name))
      return true;
  std::string Name = Callee->getName().str();
  if (llvm::is_contained(Extra, Name) ||
      llvm::is_contained(Extra, Callee->getQualifiedNameAsString()))
    return true;
  // isSelfConnect (muduo, trantor), is_self_connected, sock_self_connect...
  std::string Plain = getPlainName(Name);
  return llvm::StringRef(Plain).contains("selfconnect");
}

//===----------------------------------------------------------------------===//
// Calls of libraries
//===----------------------------------------------------------------------===//

/// The method of a listed class is often called on, or overridden by, one that
/// is derived from it.
static bool isMethodCalled(const CXXMethodDecl *Method, llvm::StringRef Name) {
  if (hasQualifiedName(Method, Name))
    return true;
  return llvm::any_of(Method->overridden_methods(),
                      [&](const CXXMethodDecl *Overridden) {
                        return isMethodCalled(Overridden, Name);
                      });
}

static bool isCallee(const FunctionDecl *Callee, const ApiRow &Row) {
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Callee))
    return Row.Kind == ApiKind::Constructor &&
           hasQualifiedName(Constructor->getParent(), Row.Name);
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Callee))
    return Row.Kind == ApiKind::Method && isMethodCalled(Method, Row.Name);
  return Row.Kind == ApiKind::Function && hasQualifiedName(Callee, Row.Name);
}

static bool isStringText(const Expr *E, llvm::StringRef Text) {
  const auto *Literal = dyn_cast<StringLiteral>(E->IgnoreParenCasts());
  return Literal && Literal->getCharByteWidth() == 1 &&
         Literal->getString() == Text;
}

/// The initialisers of the array that E names, or null.
static const InitListExpr *getArrayInit(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
  const auto *Array = Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
  const Expr *Init = Array ? Array->getAnyInitializer() : nullptr;
  return Init ? dyn_cast<InitListExpr>(Init->IgnoreParenCasts()) : nullptr;
}

/// `{"listening_ports", "50080", NULL}`: the value after its name.
/// `PQconnectdbParams(keywords, values, 0)`: the one in the place of its name.
/// Null if it is not there.
static const Expr *getElement(const Expr *Values, const Expr *Names,
                              llvm::StringRef Name) {
  const InitListExpr *In = getArrayInit(Values);
  const InitListExpr *NamesIn = Names ? getArrayInit(Names) : In;
  if (!In || !NamesIn)
    return nullptr;
  for (unsigned I = 0; I < NamesIn->getNumInits(); ++I)
    if (isStringText(NamesIn->getInit(I), Name)) {
      unsigned Place = Names ? I : I + 1;
      return Place < In->getNumInits() ? In->getInit(Place) : nullptr;
    }
  return nullptr;
}

const Expr *ApiCall::get(const ApiArgument &Argument) const {
  if (Argument.Parameter == "this") {
    const auto *Method = dyn_cast<CXXMemberCallExpr>(Site);
    return Method ? Method->getImplicitObjectArgument() : nullptr;
  }
  int Index = Argument.Index;
  if (!Argument.Parameter.empty())
    for (const ParmVarDecl *Parameter : Callee->parameters())
      if (Parameter->getIdentifier() &&
          Parameter->getName() == Argument.Parameter)
        Index = static_cast<int>(Parameter->getFunctionScopeIndex());
  auto GetArg = [this](int At) {
    return At >= 0 && size_t(At) < Args.size() ? Args[At] : nullptr;
  };
  if (Index >= 0) {
    const Expr *E = GetArg(Index);
    if (!E || Argument.After.empty())
      return E;
    const Expr *Names = GetArg(Argument.Names);
    return Argument.Names >= 0 && !Names ? nullptr
                                         : getElement(E, Names, Argument.After);
  }
  if (!Argument.After.empty())
    for (size_t I = 0; I + 1 < Args.size(); ++I)
      if (isStringText(Args[I], Argument.After))
        return Args[I + 1];
  return nullptr;
}

/// `tcp::endpoint(4, 50051)` and `f(50051)` tell overloads apart: a port is a
/// number or text, a string and an address are no numbers.
static bool hasFittingTypes(const ApiCall &Call) {
  auto IsNumber = [](const Expr *E) {
    return E->getType()->isArithmeticType() || E->getType()->isEnumeralType();
  };
  const ApiRow &Row = *Call.Row;
  for (const ApiArgument *Argument :
       {&Row.Host, &Row.Port, &Row.Endpoint, &Row.Address, &Row.Result}) {
    const Expr *E = Argument->isSet() ? Call.get(*Argument) : nullptr;
    if (!E) {
      // A host that is not given is the default one.
      if (Argument->isSet() && Argument != &Row.Host)
        return false;
      continue;
    }
    if (Argument == &Row.Endpoint || Argument == &Row.Address)
      if (IsNumber(E) || E->getType()->isNullPtrType())
        return false;
  }
  return true;
}

/// The name that E, an argument that says what the call is about, stands for.
static bool isNamed(const Expr *E, llvm::StringRef Name) {
  E = E->IgnoreParenCasts();
  const NamedDecl *Named = nullptr;
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    Named = Ref->getDecl();
  else if (const auto *Called = dyn_cast<CallExpr>(E))
    Named = Called->getDirectCallee();
  return Named && Named->getIdentifier() && Named->getName() == Name;
}

static bool isNumber(const Expr *E, int64_t Number, const ApiCall &Call) {
  if (E->isValueDependent() || !E->getType()->isIntegralOrEnumerationType())
    return false;
  Expr::EvalResult Result;
  return E->EvaluateAsInt(Result, Call.Callee->getASTContext()) &&
         Result.Val.getInt() == Number;
}

static bool matches(ApiCall &Call, const ApiRow &Row) {
  if (Row.isKernelCall() || !isCallee(Call.Callee, Row) ||
      (Row.Arguments && *Row.Arguments != Call.Args.size()))
    return false;
  Call.Row = &Row;
  bool Holds = hasFittingTypes(Call);
  Holds = Holds && llvm::all_of(Row.When, [&](const ApiCondition &Condition) {
            const Expr *Selector = Call.get(Condition.Argument);
            if (!Selector)
              return false;
            return Condition.Name.empty()
                       ? isNumber(Selector, Condition.Number, Call)
                       : isNamed(Selector, Condition.Name);
          });
  if (!Holds)
    Call.Row = nullptr;
  return Holds;
}

static llvm::StringRef getBaseName(const FunctionDecl *Callee) {
  if (const auto *Constructor = dyn_cast<CXXConstructorDecl>(Callee))
    return Constructor->getParent()->getIdentifier()
               ? Constructor->getParent()->getName()
               : "";
  return Callee->getIdentifier() ? Callee->getName() : "";
}

/// True for a call that may run an override: through a pointer or a reference,
/// and not `Base::open()`.
static bool mayRunOverride(const Expr *Site) {
  const auto *Call = dyn_cast<CXXMemberCallExpr>(Site);
  const auto *Member =
      Call ? dyn_cast<MemberExpr>(Call->getCallee()->IgnoreParens()) : nullptr;
  if (!Member || Member->hasQualifier())
    return false;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Member->getBase()->IgnoreParenImpCasts());
  return Member->isArrow() || !Ref ||
         Ref->getDecl()->getType()->isReferenceType();
}

/// The row that another file has taught.
static bool findLearnedRow(ApiCall &Call, ApiRole Role) {
  LearnedRows *Learned = LearnedRows::current();
  // Of a body that is here, only the overrides are asked for elsewhere.
  if (!Learned || (Call.Callee->hasBody() && !mayRunOverride(Call.Site)))
    return false;
  for (const ApiRow *Row : Learned->findRows(Call.Callee, Role)) {
    Call.Row = Row;
    return true;
  }
  return false;
}

static bool findRow(ApiCall &Call, ApiRole Role) {
  for (const ApiRow *Row : ApiTable::current().find(getBaseName(Call.Callee)))
    if (Row->Role == Role && matches(Call, *Row))
      return true;
  return findLearnedRow(Call, Role);
}

static bool isMaker(const FunctionDecl *Callee) {
  if (!Callee->getPrimaryTemplate())
    return false;
  llvm::StringRef Name = getBaseName(Callee);
  return Name == "make_unique" || Name == "make_shared";
}

/// The class that a call of std::make_unique() and its kin constructs.
static const CXXRecordDecl *getMadeClass(const FunctionDecl *Maker) {
  const TemplateArgumentList *Arguments =
      Maker->getTemplateSpecializationArgs();
  if (!Arguments || Arguments->size() == 0 ||
      Arguments->get(0).getKind() != TemplateArgument::Type)
    return nullptr;
  const CXXRecordDecl *Class =
      Arguments->get(0).getAsType()->getAsCXXRecordDecl();
  return Class ? Class->getDefinition() : nullptr;
}

/// Chooses a constructor for arguments that overload resolution has not seen:
/// numbers go to numbers.
static bool accepts(const CXXConstructorDecl *Constructor,
                    llvm::ArrayRef<const Expr *> Args) {
  if (Args.size() < Constructor->getMinRequiredArguments() ||
      Args.size() > Constructor->getNumParams())
    return false;
  for (size_t I = 0; I != Args.size(); ++I) {
    QualType Parameter =
        Constructor->getParamDecl(I)->getType().getNonReferenceType();
    if (Parameter->isArithmeticType() != Args[I]->getType()->isArithmeticType())
      return false;
  }
  return true;
}

/// What a derived class inherits by `using Base::Base`.
static const CXXConstructorDecl *
getDeclaredConstructor(const CXXConstructorDecl *Constructor) {
  while (Constructor->isInheritingConstructor()) {
    const CXXConstructorDecl *Inherited =
        Constructor->getInheritedConstructor().getConstructor();
    if (!Inherited || Inherited == Constructor)
      break;
    Constructor = Inherited;
  }
  return Constructor;
}

/// The field of a table whose function Call calls.
static const FieldDecl *getCalledField(const CallExpr *Call) {
  const Expr *Callee = Call->getCallee()->IgnoreParenImpCasts();
  if (const auto *Unary = dyn_cast<UnaryOperator>(Callee))
    if (Unary->getOpcode() == UO_Deref)
      Callee = Unary->getSubExpr()->IgnoreParenImpCasts();
  const auto *Member = dyn_cast<MemberExpr>(Callee);
  return Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
}

const IdentifierInfo *getCalledName(const Expr *E) {
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    return getDeclaredConstructor(Construct->getConstructor())
        ->getParent()
        ->getIdentifier();
  const auto *Call = dyn_cast<CallExpr>(E);
  const FunctionDecl *Callee = Call ? Call->getDirectCallee() : nullptr;
  if (Call && !Callee)
    if (const FieldDecl *Field = getCalledField(Call))
      return Field->getIdentifier();
  const IdentifierInfo *Name = Callee ? Callee->getIdentifier() : nullptr;
  if (!Name || !isMaker(Callee))
    return Name;
  const CXXRecordDecl *Class = getMadeClass(Callee);
  return Class ? Class->getIdentifier() : nullptr;
}

ApiCall findApiCall(const Expr *E, ApiRole Role) {
  ApiCall Call;
  Call.Site = E;
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E)) {
    Call.Callee = getDeclaredConstructor(Construct->getConstructor());
    Call.Args.append(Construct->arg_begin(), Construct->arg_end());
    findRow(Call, Role);
    return Call;
  }
  const auto *Called = dyn_cast<CallExpr>(E);
  Call.Callee = Called ? Called->getDirectCallee() : nullptr;
  LearnedRows *Learned = LearnedRows::current();
  if (Called && !Call.Callee && Learned)
    if (const FieldDecl *Field = getCalledField(Called)) {
      llvm::ArrayRef<const ApiRow *> Rows = Learned->findRows(Field, Role);
      Call.Args.append(Called->arg_begin(), Called->arg_end());
      Call.Row = Rows.empty() ? nullptr : Rows.front();
      return Call;
    }
  if (!Call.Callee || isa<CXXOperatorCallExpr>(Called))
    return Call;
  Call.Args.append(Called->arg_begin(), Called->arg_end());
  if (!isMaker(Call.Callee)) {
    findRow(Call, Role);
    return Call;
  }
  const CXXRecordDecl *Class = getMadeClass(Call.Callee);
  if (!Class)
    return Call;
  for (const CXXConstructorDecl *Constructor : Class->ctors()) {
    Call.Callee = Constructor;
    if (accepts(Constructor, Call.Args) && findRow(Call, Role))
      return Call;
  }
  return Call;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
