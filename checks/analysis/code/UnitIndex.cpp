//===- UnitIndex.cpp - what one walk over a unit collects -----------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "UnitIndex.h"
#include "InitLists.h"
#include "NamedParts.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"
#include "llvm/ADT/DenseSet.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

class IndexBuilder : public RecursiveASTVisitor<IndexBuilder> {
public:
  explicit IndexBuilder(TranslationUnit::Index &Found) : Found(Found) {}

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
    const FunctionDecl *Outer = Function;
    Function = Lambda->getCallOperator();
    Found.addHandedOn(Function, Outer);
    bool Continue = TraverseStmt(Lambda->getBody());
    Function = Outer;
    return Continue;
  }

  bool VisitBinaryOperator(BinaryOperator *Binary) {
    if (!Binary->isAssignmentOp())
      return true;
    if (const auto *Member =
            dyn_cast<MemberExpr>(Binary->getLHS()->IgnoreParenImpCasts()))
      addKept(Binary->getRHS(), Member->getMemberDecl(), Member);
    if (Givings *Target = getTarget(Binary->getLHS())) {
      if (Binary->getOpcode() == BO_Assign)
        Target->Values.push_back(
            {Binary->getRHS(), Function, getHoldingVariable(Binary->getLHS())});
      else
        Target->Other = true;
    }
    addTableEntry(Binary->getLHS(), Binary->getRHS());
    return true;
  }

  bool VisitUnaryOperator(UnaryOperator *Unary) {
    if (Unary->isIncrementDecrementOp() || Unary->getOpcode() == UO_AddrOf)
      if (Givings *Target = getTarget(Unary->getSubExpr()))
        Target->Other = true;
    return true;
  }

  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) {
    if (Call->getOperator() == OO_Equal && Call->getNumArgs() == 2)
      if (Givings *Target = getTarget(Call->getArg(0))) {
        Target->Values.push_back({Call->getArg(1), Function});
        addTableEntry(Call->getArg(0), Call->getArg(1));
      }
    return true;
  }

  bool VisitCXXMemberCallExpr(CXXMemberCallExpr *Call) {
    // `list_.reset(found)`
    const CXXMethodDecl *Method = Call->getMethodDecl();
    if (Method && Method->getIdentifier() && Method->getName() == "reset" &&
        Call->getNumArgs() >= 1 && Call->getArg(0)->getType()->isPointerType())
      if (Givings *Target = getTarget(Call->getImplicitObjectArgument()))
        Target->Values.push_back({Call->getArg(0), Function});
    return true;
  }

  bool VisitCXXConstructorDecl(CXXConstructorDecl *Constructor) {
    for (const CXXCtorInitializer *Init : Constructor->inits())
      if (const FieldDecl *Field = Init->getAnyMember())
        if (Init->isWritten()) {
          Givings &Target = Found.Fields[getStorage(Field)];
          if (isReadable(Init->getInit())) {
            Target.Values.push_back({Init->getInit(), Constructor});
            addTableEntry(Field, Init->getInit());
          } else {
            Target.Other = true;
          }
        }
    return true;
  }

  bool VisitFieldDecl(FieldDecl *Field) {
    if (Field->hasInClassInitializer() && Field->getInClassInitializer())
      Found.Fields[getStorage(Field)].Values.push_back(
          {Field->getInClassInitializer(), nullptr});
    return true;
  }

  bool VisitVarDecl(VarDecl *Var) {
    if (isReadable(Var->getInit()) && !Var->getType()->isReferenceType())
      markLists(Var->getInit(), Var->getCanonicalDecl());
    return true;
  }

  bool VisitInitListExpr(InitListExpr *List) {
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = const_cast<InitListExpr *>(Semantic);
    for (const auto &[Field, Init] : getFieldInits(List)) {
      if (Init && VariableOf.count(List))
        addKept(Init, Field, nullptr, VariableOf.lookup(List));
      // What is left out is 0, which nobody listens on.
      if (Init && !isa<ImplicitValueInitExpr>(Init) &&
          !isa<CXXDefaultInitExpr>(Init)) {
        Found.Fields[getStorage(Field)].Values.push_back(
            {Init, Function, VariableOf.lookup(List)});
        addTableEntry(Field, Init);
      }
    }
    return true;
  }

  bool VisitCallExpr(CallExpr *Call) {
    if (const FunctionDecl *Callee = Call->getDirectCallee()) {
      // The object of an operator that is a member is argument 0.
      bool Shift = isa<CXXOperatorCallExpr>(Call) && isa<CXXMethodDecl>(Callee);
      std::vector<const Expr *> List(Call->arg_begin() + (Shift ? 1 : 0),
                                     Call->arg_end());
      addCall(Callee, Call, List);
      addForwarded(Callee, Call, List);
      addPassed(Callee, List);
      if (const auto *Ref =
              dyn_cast<DeclRefExpr>(Call->getCallee()->IgnoreParenImpCasts()))
        Called.insert(Ref);
      addSlots(Call);
    }
    for (const Expr *Argument : Call->arguments())
      if (const ValueDecl *Object = getBaseObject(Argument))
        HandedVariables.insert({Function, Object});
    addParameterCall(Call);
    return true;
  }

  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    std::vector<const Expr *> List(Construct->arg_begin(),
                                   Construct->arg_end());
    addCall(Construct->getConstructor(), Construct, List);
    return true;
  }

  bool VisitMemberExpr(MemberExpr *Member) {
    if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
      addAddressUser(Field->getCanonicalDecl());
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *Ref) {
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      if (Var->hasGlobalStorage())
        addAddressUser(Var->getCanonicalDecl());
    if (const auto *Named = dyn_cast<FunctionDecl>(Ref->getDecl()))
      if (!Called.count(Ref)) {
        auto Kept = KeptIn.find(Ref);
        if (Kept != KeptIn.end()) {
          Found.Escaped[Named->getCanonicalDecl()].push_back(Function);
          Stores.push_back(
              {Ref, Named->getCanonicalDecl(), Function, Kept->second});
        } else {
          Found.addHandedOn(Named, Function);
          Found.Mentions.insert(Ref);
        }
      }
    return true;
  }

  /// Once all is read: which of the functions that are kept in fields are
  /// handed on with what holds them.
  void finish() {
    for (const Store &Each : Stores) {
      if (!Each.Holder || !HandedVariables.count({Each.By, Each.Holder}))
        continue;
      Found.HandedOn[Each.Function].push_back(Each.By);
      Found.Mentions.insert(Each.Mention);
    }
  }

private:
  void addTableEntry(const FieldDecl *Field, const Expr *Value) {
    if (!holdsFunction(Field->getType()))
      return;
    if (const FunctionDecl *Held = getNamedFunction(Value))
      Found.TableEntries.push_back(
          {getStorage(Field), Held->getCanonicalDecl()});
  }
  void addTableEntry(const Expr *Target, const Expr *Value) {
    const auto *Member = dyn_cast<MemberExpr>(Target->IgnoreParenImpCasts());
    if (const auto *Field =
            Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr)
      addTableEntry(Field, Value);
  }

  /// A function that is put into a field.
  struct Store {
    const DeclRefExpr *Mention;
    const FunctionDecl *Function; ///< canonical
    const FunctionDecl *By;
    /// What has the field, if it may be something that is to call the function;
    /// null for a table of methods.
    const ValueDecl *Holder;
  };

  /// `timer.callback = retry`, where Value is a function. Behind a pointer, a
  /// record of several functions is a table of methods, and not the writer's.
  void addKept(const Expr *Value, const ValueDecl *Kept,
               const MemberExpr *Member, const ValueDecl *Owner = nullptr) {
    Value = Value->IgnoreParenCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(Value))
      Value = Unary->getSubExpr()->IgnoreParenCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Value);
    const auto *Field = dyn_cast<FieldDecl>(Kept);
    if (!Ref || !Field || !isa<FunctionDecl>(Ref->getDecl()))
      return;
    bool IsOwn = !Member || getHoldingVariable(Member) != nullptr;
    const ValueDecl *Holder = Member ? getBaseObject(Member) : Owner;
    if (!IsOwn && countMethods(Field->getParent()) > 1)
      Holder = nullptr;
    KeptIn[Ref] = Holder;
  }

  void addAddressUser(const ValueDecl *Object) {
    // A union stands for the kinds of address that are its members.
    const RecordDecl *Record = Object->getType()->getAsRecordDecl();
    if (isAddressList(Object->getType()))
      Record = nullptr;
    else if (!Record)
      return;
    bool IsAddress = Record && (Record->isUnion() ||
                                (Record->getIdentifier() &&
                                 Record->getName().substr(0, 8) == "sockaddr"));
    if ((Record && !IsAddress) || !Function)
      return;
    if (const auto *Field = dyn_cast<FieldDecl>(Object))
      Object = getStorage(Field);
    std::vector<const FunctionDecl *> &Users = Found.AddressUsers[Object];
    if (Users.empty() || Users.back() != Function)
      Users.push_back(Function);
  }

  /// The lists that initialise Var and its parts.
  void markLists(const Expr *Init, const VarDecl *Var) {
    const auto *List = dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts());
    if (!List)
      return;
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    VariableOf[List] = Var;
    for (const Expr *Part : List->inits())
      if (Part)
        markLists(Part, Var);
  }

  /// `singleShot(1000, this, SLOT(open()))`: the text "1open()" names a method
  /// of the object before it; where none is before it, of the one that
  /// connect() is called on.
  void addSlots(const CallExpr *Call) {
    for (unsigned I = 1; I < Call->getNumArgs(); ++I) {
      const StringLiteral *Text = getSlotText(Call->getArg(I));
      if (!Text || Text->getCharByteWidth() != 1 ||
          Text->getString().substr(0, 1) != "1")
        continue;
      llvm::StringRef Name = Text->getString().drop_front();
      if (!Name.contains('('))
        continue;
      Name = Name.substr(0, Name.find('(')).trim();
      const Expr *Receiver = Call->getArg(I - 1)->IgnoreParenImpCasts();
      if (getSlotText(Receiver))
        if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
          Receiver = Member->getImplicitObjectArgument()->IgnoreParenImpCasts();
      QualType Type = Receiver->getType();
      if (Type->isPointerType())
        Type = Type->getPointeeType();
      if (const CXXMethodDecl *Slot =
              findMethod(Type->getAsCXXRecordDecl(), Name)) {
        Found.Slots[Text] = Slot->getCanonicalDecl();
        Found.addHandedOn(Slot, Function);
      }
    }
  }

  void addCall(const FunctionDecl *Callee, const Expr *Call,
               std::vector<const Expr *> List) {
    Found.Arguments.push_back(std::move(List));
    Found.Calls[Callee->getCanonicalDecl()].push_back(
        {Call, Found.Arguments.back(), Function});
  }

  /// `std::make_unique<Server>(33334)` calls Server's constructor.
  void addForwarded(const FunctionDecl *Callee, const Expr *Call,
                    const std::vector<const Expr *> &List) {
    const auto *Method = dyn_cast<CXXMethodDecl>(Callee);
    bool IsStd = Method ? Method->getParent()->isInStdNamespace()
                        : Callee->isInStdNamespace();
    if (!IsStd || !Callee->getIdentifier())
      return;
    llvm::StringRef Name = Callee->getName();
    const TemplateArgumentList *Types = nullptr;
    QualType Made;
    if (Name == "make_unique" || Name == "make_shared") {
      Types = Callee->getTemplateSpecializationArgs();
    } else if (Name == "emplace_back" || Name == "emplace") {
      if (const auto *Class = dyn_cast<ClassTemplateSpecializationDecl>(
              Callee->getDeclContext()))
        Types = &Class->getTemplateArgs();
    }
    if (!Types || Types->size() == 0 ||
        Types->get(0).getKind() != TemplateArgument::Type)
      return;
    Made = Types->get(0).getAsType();
    const CXXRecordDecl *Class = Made->getAsCXXRecordDecl();
    if (!Class || !Class->hasDefinition())
      return;
    for (const CXXConstructorDecl *Constructor :
         Class->getDefinition()->ctors())
      if (!Constructor->isCopyOrMoveConstructor() &&
          Constructor->getNumParams() >= List.size() &&
          Constructor->getMinRequiredArguments() <= List.size())
        addCall(Constructor, Call, List);
  }

  /// `fn(arg)` and, for a std::function, `fn()`: a call of what the parameter
  /// fn, or a field of that name, is given.
  void addParameterCall(const CallExpr *Call) {
    const Expr *Callee = Call->getCallee();
    bool IsOperator = isa<CXXOperatorCallExpr>(Call);
    if (IsOperator) {
      if (cast<CXXOperatorCallExpr>(Call)->getOperator() != OO_Call)
        return;
      Callee = Call->getArg(0);
    }
    Callee = Callee->IgnoreParenImpCasts();
    if (const auto *Unary = dyn_cast<UnaryOperator>(Callee))
      Callee = Unary->getSubExpr()->IgnoreParenImpCasts();
    const auto *Ref = dyn_cast<DeclRefExpr>(Callee);
    const auto *Parameter =
        Ref ? dyn_cast<ParmVarDecl>(Ref->getDecl()) : nullptr;
    const auto *Member = dyn_cast<MemberExpr>(Callee);
    const auto *Field =
        Member ? dyn_cast<FieldDecl>(Member->getMemberDecl()) : nullptr;
    // Who is told nothing does not call it again because it failed.
    if (!Parameter && (!Field || Call->getType()->isVoidType()))
      return;
    Found.Arguments.emplace_back(Call->arg_begin() + IsOperator,
                                 Call->arg_end());
    std::vector<CallSite> &Sites = Parameter
                                       ? Found.ParameterCalls[Parameter]
                                       : Found.FieldCalls[getStorage(Field)];
    Sites.push_back({Call, Found.Arguments.back(), Function});
  }

  /// `retry(10, dial)`, `retry([&] { ... })`
  void addPassed(const FunctionDecl *Callee,
                 const std::vector<const Expr *> &List) {
    for (unsigned I = 0; I < List.size() && I < Callee->getNumParams(); ++I)
      if (const FunctionDecl *Passed = getNamedFunction(List[I]))
        Found.Passed.push_back({Callee, I, Passed->getCanonicalDecl()});
  }

  Givings *getTarget(const Expr *E) {
    E = E->IgnoreParenImpCasts();
    if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
      const auto *Var = dyn_cast<VarDecl>(Ref->getDecl());
      return Var && Var->hasGlobalStorage()
                 ? &Found.Globals[Var->getCanonicalDecl()]
                 : nullptr;
    }
    if (const auto *Member = dyn_cast<MemberExpr>(E)) {
      if (const auto *Field = dyn_cast<FieldDecl>(Member->getMemberDecl()))
        return &Found.Fields[getStorage(Field)];
      const auto *Var = dyn_cast<VarDecl>(Member->getMemberDecl());
      return Var ? &Found.Globals[Var->getCanonicalDecl()] : nullptr;
    }
    return nullptr;
  }

  TranslationUnit::Index &Found;
  llvm::SmallPtrSet<const DeclRefExpr *, 32> Called;
  /// The mentions of functions that are put into fields: of what.
  llvm::DenseMap<const DeclRefExpr *, const ValueDecl *> KeptIn;
  std::vector<Store> Stores;
  /// The variables that a function hands to others, whole or in part.
  llvm::DenseSet<std::pair<const FunctionDecl *, const ValueDecl *>>
      HandedVariables;
  llvm::DenseMap<const InitListExpr *, const VarDecl *> VariableOf;
  const FunctionDecl *Function = nullptr;
};

} // namespace

TranslationUnit::Index::Index(ASTContext &Context) {
  IndexBuilder Builder(*this);
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (!Context.getSourceManager().isInSystemHeader(D->getLocation()))
      Builder.TraverseDecl(D);
  Builder.finish();
  addCallsOfPassed();
  addCallsOfTables();
}

void TranslationUnit::Index::addCalls(const FunctionDecl *Function,
                                      const std::vector<CallSite> &Indirect) {
  std::vector<CallSite> &Sites = Calls[Function];
  for (const CallSite &Site : Indirect)
    if (llvm::none_of(Sites, [&](const CallSite &Known) {
          return Known.Call == Site.Call;
        }))
      Sites.push_back(Site);
}

/// `ops->connect(host, port)` calls what this file puts there.
void TranslationUnit::Index::addCallsOfTables() {
  for (const TableEntry &Each : TableEntries) {
    auto Indirect = FieldCalls.find(Each.Field);
    if (Indirect != FieldCalls.end())
      addCalls(Each.Function, Indirect->second);
  }
}

/// Where a function of this file calls what it is given, it calls what others
/// give it.
void TranslationUnit::Index::addCallsOfPassed() {
  for (const Passing &Each : Passed) {
    const FunctionDecl *Body = nullptr;
    if (!Each.Callee->hasBody(Body))
      continue;
    auto Inner = ParameterCalls.find(Body->getParamDecl(Each.Index));
    if (Inner != ParameterCalls.end())
      addCalls(Each.Passed, Inner->second);
  }
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
