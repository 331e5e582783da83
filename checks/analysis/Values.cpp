//===- Values.cpp - which values may arrive at an expression --------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Values.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/TargetInfo.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many steps back a question follows a value.
static constexpr unsigned MaxValueDepth = 64;
/// How many expressions one question looks at.
static constexpr unsigned MaxValueSteps = 2000;
/// How many values one expression may have before it counts as unknown.
static constexpr unsigned MaxValues = 16;

namespace {

/// One question: the values of an expression, followed backwards.
class ValueFinder {
public:
  explicit ValueFinder(const FunctionFlow &Flow)
      : Flow(Flow), Context(Flow.getContext()) {}

  IntValues findInt(const Expr *E, const Stmt *Use);
  IntValues findIntAt(const AccessPath &Path, const Stmt *Use);
  StringValues findString(const Expr *E, const Stmt *Use);

private:
  IntValues findIntOfGlobal(const VarDecl *Var);
  IntValues findIntOfCall(const CallExpr *Call, const Stmt *Use);
  IntValues findIntOfWrite(const Write &W, const AccessPath &Path);
  IntValues combine(const BinaryOperator *Binary, const Stmt *Use);
  IntValues convert(IntValues Values, QualType To) const;
  StringValues findStringOfVariable(const VarDecl *Var, const Stmt *Use);
  StringValues findStringOfInit(const Expr *Init, const Stmt *Use);

  const FunctionFlow &Flow;
  ASTContext &Context;
  /// Counts the work; true when there has been enough of it.
  bool isTired() { return Depth > MaxValueDepth || ++Steps > MaxValueSteps; }

  unsigned Depth = 0;
  unsigned Steps = 0;
  /// Writes whose value is being looked for: `x = x + 1` in a loop asks itself.
  llvm::SmallVector<const Write *, 8> Active;
};

struct DepthGuard {
  explicit DepthGuard(unsigned &Depth) : Depth(Depth) { ++Depth; }
  ~DepthGuard() { --Depth; }
  unsigned &Depth;
};

} // namespace

static int64_t swapBytes16(int64_t Value) {
  return ((Value & 0xff) << 8) | ((Value >> 8) & 0xff);
}

static int64_t swapBytes32(int64_t Value) {
  uint32_t V = static_cast<uint32_t>(Value);
  return (V >> 24) | ((V >> 8) & 0xff00) | ((V << 8) & 0xff0000) |
         ((V << 24) & 0xff000000U);
}

static std::optional<int64_t> evaluateConstant(const Expr *E,
                                               const ASTContext &Context) {
  if (E->isValueDependent() || E->isTypeDependent() ||
      !E->getType()->isIntegralOrEnumerationType())
    return std::nullopt;
  Expr::EvalResult Result;
  if (!E->EvaluateAsInt(Result, Context) || Result.HasSideEffects ||
      !Result.Val.isInt() || Result.Val.getInt().getBitWidth() > 64)
    return std::nullopt;
  const llvm::APSInt &Value = Result.Val.getInt();
  return Value.isSigned() ? Value.getSExtValue()
                          : static_cast<int64_t>(Value.getZExtValue());
}

/// A variable whose initialiser is all that is ever in it.
static bool isConstantVariable(const VarDecl *Var) {
  return Var->isConstexpr() ||
         (Var->getType().isConstQualified() && Var->getAnyInitializer());
}

IntValues ValueFinder::findInt(const Expr *E, const Stmt *Use) {
  if (!E || isTired() || E->isTypeDependent())
    return IntValues::unknown();
  DepthGuard Guard(Depth);

  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    IntValues Values = findInt(Cast->getSubExpr(), Use);
    return Cast->getCastKind() == CK_IntegralCast
               ? convert(std::move(Values), Cast->getType())
               : Values;
  }
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return findInt(Paren->getSubExpr(), Use);
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return findInt(Full->getSubExpr(), Use);
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return findInt(Default->getExpr(), Use);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 1 ? findInt(List->getInit(0), Use)
                                    : IntValues::unknown();
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E)) {
    if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
      return IntValues::of(Enumerator->getInitVal().getExtValue(),
                           Enumerator->getLocation());
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      return Var->hasGlobalStorage() || isConstantVariable(Var)
                 ? findIntOfGlobal(Var)
                 : findIntAt(Flow.path(E), Use);
    return IntValues::unknown();
  }
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    IntValues Values = findInt(Conditional->getTrueExpr(), Use);
    Values.add(findInt(Conditional->getFalseExpr(), Use));
    return Values;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    if (!isa<IntegerLiteral>(E->IgnoreParenCasts()))
      return combine(Binary, Use);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return findIntOfCall(Call, Use);
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_Extension || Unary->getOpcode() == UO_Plus)
      return findInt(Unary->getSubExpr(), Use);
  if (const auto *Statement = dyn_cast<StmtExpr>(E)) {
    // `({ ...; x; })`, as older headers expand htons().
    const CompoundStmt *Body = Statement->getSubStmt();
    const auto *Last =
        Body->body_empty() ? nullptr : dyn_cast<Expr>(Body->body_back());
    if (Last)
      return findInt(Last, Last->IgnoreParenCasts());
  }
  if (std::optional<int64_t> Constant = evaluateConstant(E, Context))
    return IntValues::of(*Constant, E->getExprLoc());
  if (isa<MemberExpr>(E) || isa<UnaryOperator>(E)) {
    AccessPath Path = Flow.path(E);
    if (Path.isValid())
      return findIntAt(Path, Use);
  }
  return IntValues::unknown();
}

IntValues ValueFinder::convert(IntValues Values, QualType To) const {
  if (!To->isIntegerType() || To->isBooleanType())
    return Values;
  unsigned Width = Context.getTypeSize(To);
  if (Width >= 64)
    return Values;
  for (Sourced<int64_t> &Item : Values.Known) {
    llvm::APSInt Wrapped(llvm::APInt(64, static_cast<uint64_t>(Item.Value)),
                         /*isUnsigned=*/false);
    Wrapped = Wrapped.trunc(Width);
    Item.Value = To->isUnsignedIntegerOrEnumerationType()
                     ? static_cast<int64_t>(Wrapped.getZExtValue())
                     : Wrapped.getSExtValue();
  }
  return Values;
}

IntValues ValueFinder::combine(const BinaryOperator *Binary, const Stmt *Use) {
  if (Binary->getOpcode() == BO_Comma)
    return findInt(Binary->getRHS(), Use);
  if (Binary->getOpcode() == BO_Assign)
    return findInt(Binary->getRHS(), Use);
  IntValues Left = findInt(Binary->getLHS(), Use);
  IntValues Right = findInt(Binary->getRHS(), Use);
  if (Left.Known.size() * Right.Known.size() > MaxValues)
    return IntValues::unknown();
  IntValues Result;
  Result.Unknown = Left.Unknown || Right.Unknown;
  for (const Sourced<int64_t> &L : Left.Known)
    for (const Sourced<int64_t> &R : Right.Known) {
      uint64_t A = L.Value, B = R.Value, Value;
      switch (Binary->getOpcode()) {
      case BO_Add:
        Value = A + B;
        break;
      case BO_Sub:
        Value = A - B;
        break;
      case BO_Mul:
        Value = A * B;
        break;
      case BO_Or:
        Value = A | B;
        break;
      case BO_And:
        Value = A & B;
        break;
      case BO_Shl:
        Value = B < 64 ? A << B : 0;
        break;
      case BO_Shr:
        Value = B < 64 ? A >> B : 0;
        break;
      default:
        return IntValues::unknown();
      }
      IntValues One =
          IntValues::of(static_cast<int64_t>(Value), Binary->getExprLoc());
      // What comes from one place keeps it: `33000 + OFFSET` is the literal's.
      One.Known.front().Origin =
          isa<IntegerLiteral>(Binary->getRHS()->IgnoreParenCasts()) ? L.Origin
                                                                    : R.Origin;
      Result.add(One);
    }
  return Result;
}

IntValues ValueFinder::findIntOfCall(const CallExpr *Call, const Stmt *Use) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  bool Little = Context.getTargetInfo().isLittleEndian();
  if (Call->getNumArgs() == 1) {
    const Expr *Arg = Call->getArg(0);
    bool Swap16 = Name == "__bswap_16" || Name == "__builtin_bswap16" ||
                  Name == "_OSSwapInt16" || Name == "__bswap16";
    bool Swap32 = Name == "__bswap_32" || Name == "__builtin_bswap32" ||
                  Name == "_OSSwapInt32" || Name == "__bswap32";
    bool Network16 = Name == "htons" || Name == "ntohs";
    bool Network32 = Name == "htonl" || Name == "ntohl";
    if (Swap16 || Swap32 || Network16 || Network32) {
      IntValues Values = findInt(Arg, Use);
      if (Swap16 || Swap32 || Little)
        for (Sourced<int64_t> &Item : Values.Known)
          Item.Value = Swap16 || Network16 ? swapBytes16(Item.Value)
                                           : swapBytes32(Item.Value);
      return Values;
    }
  }
  if (Name == "__builtin_expect" && Call->getNumArgs() == 2)
    return findInt(Call->getArg(0), Use);
  if ((Name == "atoi" || Name == "atol" || Name == "strtol" ||
       Name == "strtoul" || Name == "stoi") &&
      Call->getNumArgs() >= 1) {
    StringValues Strings = findString(Call->getArg(0), Use);
    IntValues Values;
    Values.Unknown = Strings.Unknown;
    for (const Sourced<std::string> &Item : Strings.Known) {
      int64_t Number = 0;
      if (llvm::StringRef(Item.Value).getAsInteger(10, Number))
        Values.Unknown = true;
      else
        Values.add(IntValues::of(Number, Item.Origin));
    }
    return Values;
  }
  if (std::optional<int64_t> Constant = evaluateConstant(Call, Context))
    return IntValues::of(*Constant, Call->getExprLoc());
  return IntValues::unknown();
}

IntValues ValueFinder::findIntOfGlobal(const VarDecl *Var) {
  const Expr *Init = Var->getAnyInitializer();
  IntValues Values;
  // The place where it is initialised is what a reader wants to see, so the
  // initialiser is followed no further than its own constants.
  if (Init) {
    if (Init->isValueDependent())
      return IntValues::unknown();
    Values = findInt(Init, Init);
  } else {
    Values.Unknown = true;
  }
  if (isConstantVariable(Var))
    return Values;
  if (!Init && !Var->isThisDeclarationADefinition())
    return IntValues::unknown();
  const GlobalWrites &Writes = Flow.getUnit().getGlobalWrites(Var);
  if (!Init)
    // Zero before the first assignment: nobody listens on that on purpose.
    Values.Unknown = Writes.Assigned.empty();
  Values.Unknown |= Writes.Other;
  for (const Expr *Assigned : Writes.Assigned) {
    // The value of an assignment elsewhere: its constants only.
    if (std::optional<int64_t> Constant = evaluateConstant(Assigned, Context))
      Values.add(IntValues::of(*Constant, Assigned->getExprLoc()));
    else
      Values.Unknown = true;
  }
  return Values;
}

const Expr *getFieldInit(const InitListExpr *List, llvm::StringRef Name) {
  const RecordDecl *Record =
      List->getType()->getAsRecordDecl()
          ? List->getType()->getAsRecordDecl()->getDefinition()
          : nullptr;
  if (!Record || Record->isUnion())
    return nullptr;
  unsigned Index = 0;
  if (const auto *Class = dyn_cast<CXXRecordDecl>(Record))
    Index = Class->getNumBases();
  for (const FieldDecl *Field : Record->fields()) {
    // Unnamed bit-fields have no initialiser.
    if (Field->isBitField() && !Field->getIdentifier())
      continue;
    if (Index >= List->getNumInits())
      return nullptr;
    if (Field->getIdentifier() && Field->getName() == Name)
      return List->getInit(Index);
    ++Index;
  }
  return nullptr;
}

/// The initialiser that Init gives to the part of an object that Steps lead to,
/// or null.
static const Expr *getPartInit(const Expr *Init,
                               llvm::ArrayRef<AccessPath::Step> Steps) {
  for (const AccessPath::Step &Step : Steps) {
    const auto *List =
        Init ? dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts()) : nullptr;
    if (!List || Step.StepKind != AccessPath::Step::Field)
      return nullptr;
    if (const InitListExpr *Semantic = List->getSemanticForm())
      List = Semantic;
    Init = getFieldInit(List, Step.Member->getName());
  }
  return Init;
}

IntValues ValueFinder::findIntOfWrite(const Write &W, const AccessPath &Path) {
  if (llvm::is_contained(Active, &W))
    return {}; // Asks itself: adds nothing to what the other writes give.
  Active.push_back(&W);
  IntValues Values = IntValues::unknown();
  if (W.WriteKind == Write::Zero) {
    Values = IntValues::of(0, W.Where->getBeginLoc());
  } else if (W.WriteKind == Write::Assign && W.Value) {
    if (W.Target == Path) {
      Values = findInt(W.Value, W.Where);
    } else if (W.Target.contains(Path)) {
      llvm::ArrayRef<AccessPath::Step> Rest =
          Path.steps().drop_front(W.Target.steps().size());
      const Expr *Value = W.Value->IgnoreParenImpCasts();
      if (const Expr *Part = getPartInit(Value, Rest)) {
        Values = isa<ImplicitValueInitExpr>(Part)
                     ? IntValues::of(0, W.Where->getBeginLoc())
                     : findInt(Part, W.Where);
      } else {
        // `addr = other;`: the same part of the other object.
        AccessPath Other = Flow.path(Value);
        if (Other.isValid()) {
          for (const AccessPath::Step &Step : Rest)
            Other = Other.withStep(Step);
          Values = findIntAt(Other, W.Where);
        }
      }
    }
  } else if (W.WriteKind == Write::Declare) {
    Values = {}; // Indeterminate: no value that a program means.
  }
  Active.pop_back();
  return Values;
}

IntValues ValueFinder::findIntAt(const AccessPath &Path, const Stmt *Use) {
  if (!Path.isValid() || isTired())
    return IntValues::unknown();
  DepthGuard Guard(Depth);
  FunctionFlow::LastWrites Last = Flow.findLastWrites(Use, [&](const Write &W) {
    if (W.Target.contains(Path))
      return W.WriteKind == Write::Update || W.WriteKind == Write::Pass
                 ? FunctionFlow::Effect::May
                 : FunctionFlow::Effect::Must;
    return FunctionFlow::Effect::None;
  });
  IntValues Values;
  for (const Write *W : Last.Writes)
    Values.add(findIntOfWrite(*W, Path));
  if (Last.FromEntry) {
    const VarDecl *Root = Path.getRoot();
    if (Root && Path.steps().empty() && Root->hasGlobalStorage())
      Values.add(findIntOfGlobal(Root));
    else
      Values.Unknown = true;
  }
  if (Values.Known.size() > MaxValues)
    return IntValues::unknown();
  return Values;
}

StringValues ValueFinder::findStringOfInit(const Expr *Init, const Stmt *Use) {
  if (!Init)
    return StringValues::unknown();
  // `char Host[] = {"..."}`
  if (const auto *List = dyn_cast<InitListExpr>(Init->IgnoreParenImpCasts()))
    if (List->isStringLiteralInit())
      Init = List->getInit(0);
  return findString(Init, Use);
}

StringValues ValueFinder::findStringOfVariable(const VarDecl *Var,
                                               const Stmt *Use) {
  if (Var->hasGlobalStorage()) {
    StringValues Values = findStringOfInit(Var->getAnyInitializer(), Use);
    QualType Type = Var->getType();
    if (Type.isConstQualified() ||
        (Type->isArrayType() &&
         Context.getBaseElementType(Type).isConstQualified()))
      return Values;
    const GlobalWrites &Writes = Flow.getUnit().getGlobalWrites(Var);
    Values.Unknown |= Writes.Other || Type->isArrayType();
    for (const Expr *Assigned : Writes.Assigned)
      Values.add(findString(Assigned, Assigned));
    return Values;
  }
  AccessPath Path(Var);
  bool IsArray = Var->getType()->isArrayType();
  FunctionFlow::LastWrites Last = Flow.findLastWrites(Use, [&](const Write &W) {
    // What a pointer points to may be written without the pointer changing;
    // the characters of an array are the array.
    if (W.Target == Path || (IsArray && Path.contains(W.Target)))
      return W.WriteKind == Write::Assign || W.WriteKind == Write::Declare
                 ? FunctionFlow::Effect::Must
                 : FunctionFlow::Effect::May;
    return FunctionFlow::Effect::None;
  });
  StringValues Values;
  Values.Unknown = Last.FromEntry;
  for (const Write *W : Last.Writes) {
    if (llvm::is_contained(Active, W) || W->WriteKind == Write::Declare)
      continue;
    Active.push_back(W);
    Values.add(W->WriteKind == Write::Assign && W->Target == Path
                   ? findStringOfInit(W->Value, W->Where)
                   : StringValues::unknown());
    Active.pop_back();
  }
  return Values;
}

StringValues ValueFinder::findString(const Expr *E, const Stmt *Use) {
  if (!E || isTired() || E->isTypeDependent())
    return StringValues::unknown();
  DepthGuard Guard(Depth);
  E = E->IgnoreParenCasts();
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return findString(Default->getExpr(), Use);
  if (const auto *Literal = dyn_cast<StringLiteral>(E))
    return Literal->getCharByteWidth() == 1
               ? StringValues::of(Literal->getString().str(),
                                  Literal->getBeginLoc())
               : StringValues::unknown();
  if (const auto *Conditional = dyn_cast<ConditionalOperator>(E)) {
    StringValues Values = findString(Conditional->getTrueExpr(), Use);
    Values.add(findString(Conditional->getFalseExpr(), Use));
    return Values;
  }
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Var = dyn_cast<VarDecl>(Ref->getDecl()))
      return findStringOfVariable(Var, Use);
  return StringValues::unknown();
}

IntValues findIntValues(const FunctionFlow &Flow, const Expr *E,
                        const Stmt *Use) {
  return ValueFinder(Flow).findInt(E, Use);
}

IntValues findIntValues(const FunctionFlow &Flow, const AccessPath &Path,
                        const Stmt *Use) {
  return ValueFinder(Flow).findIntAt(Path, Use);
}

StringValues findStringValues(const FunctionFlow &Flow, const Expr *E,
                              const Stmt *Use) {
  return ValueFinder(Flow).findString(E, Use);
}

bool isNullPointer(const FunctionFlow &Flow, const Expr *E, const Stmt *) {
  return E && E->isNullPointerConstant(Flow.getContext(),
                                       Expr::NPC_ValueDependentIsNotNull) !=
                  Expr::NPCK_NotNull;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
