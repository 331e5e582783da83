//===- Values.cpp - which integers may arrive at an expression ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Values.h"
#include "../api/LearnedRows.h"
#include "../code/InitLists.h"
#include "../code/Statements.h"
#include "ValueFinder.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Basic/TargetInfo.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many values one expression may have before it counts as unknown.
static constexpr unsigned MaxValues = 16;

std::optional<int64_t> IntValues::single() const {
  if (Unknown || Known.empty())
    return std::nullopt;
  for (const Sourced<IntRange> &Item : Known)
    if (!Item.Value.isOne() || Item.Value.Open.isValid() ||
        !(Item.Value == Known.front().Value))
      return std::nullopt;
  return Known.front().Value.Low;
}

bool IntValues::mayBe(int64_t Value) const {
  return llvm::any_of(Known, [&](const Sourced<IntRange> &Item) {
    return !Item.Value.Open.isValid() && Item.Value.Low <= Value &&
           Value <= Item.Value.High;
  });
}

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
  return toInt64(Result.Val.getInt());
}

IntValues ValueFinder::findInt(const Expr *E, Place At) {
  if (!E || isTired(At) || E->isTypeDependent())
    return IntValues::unknown();
  Deeper Level(*this);

  if (const auto *Cast = dyn_cast<CastExpr>(E)) {
    IntValues Values = findInt(Cast->getSubExpr(), At);
    return Cast->getCastKind() == CK_IntegralCast
               ? convert(std::move(Values), Cast->getType())
               : Values;
  }
  if (const auto *Paren = dyn_cast<ParenExpr>(E))
    return findInt(Paren->getSubExpr(), At);
  if (const auto *Full = dyn_cast<FullExpr>(E))
    return findInt(Full->getSubExpr(), At);
  if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
    return findInt(Temporary->getSubExpr(), At);
  if (const auto *Default = dyn_cast<CXXDefaultArgExpr>(E))
    return findInt(Default->getExpr(), {nullptr, nullptr});
  if (const auto *Default = dyn_cast<CXXDefaultInitExpr>(E))
    return findInt(Default->getExpr(), {nullptr, nullptr});
  if (const auto *Substituted = dyn_cast<SubstNonTypeTemplateParmExpr>(E))
    return findInt(Substituted->getReplacement(), At);
  if (const auto *List = dyn_cast<InitListExpr>(E))
    return List->getNumInits() == 1 ? findInt(List->getInit(0), At)
                                    : IntValues::unknown();
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E)) {
    // `port ?: 33333` has its condition as the first of the two.
    const auto *Short = dyn_cast<BinaryConditionalOperator>(E);
    IntValues Values =
        findInt(Short ? Short->getCommon() : Conditional->getTrueExpr(), At);
    Values.add(findInt(Conditional->getFalseExpr(), At));
    return Values;
  }
  if (const auto *Binary = dyn_cast<BinaryOperator>(E))
    return combine(Binary, At);
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return findIntOfCall(Call, At);
  if (const auto *Statement = dyn_cast<StmtExpr>(E)) {
    // `({ ...; x; })`, as older headers expand htons().
    const CompoundStmt *Body = Statement->getSubStmt();
    const auto *Last =
        Body->body_empty() ? nullptr : dyn_cast<Expr>(Body->body_back());
    if (Last)
      return findInt(Last, {At.Flow, Last->IgnoreParenCasts(), At.Via});
  }
  if (const auto *Unary = dyn_cast<UnaryOperator>(E))
    if (Unary->getOpcode() == UO_Extension || Unary->getOpcode() == UO_Plus)
      return findInt(Unary->getSubExpr(), At);
  if (const auto *Ref = dyn_cast<DeclRefExpr>(E))
    if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Ref->getDecl()))
      return IntValues::of(toInt64(Enumerator->getInitVal()),
                           Enumerator->getLocation());
  AccessPath Path = getPathAt(E, At);
  if (Path.isValid() && !Path.isErrno())
    return findIntOf(Path, At);
  if (std::optional<int64_t> Constant = evaluateConstant(E, Context))
    return IntValues::of(*Constant, E->getExprLoc());
  return IntValues::unknown();
}

IntValues ValueFinder::findIntOf(const AccessPath &Path, Place At) {
  if (isTired(At))
    return IntValues::unknown();
  Deeper Level(*this);
  return findIntOfDefinitions(findDefinitions(Unit, Path, At));
}

IntValues ValueFinder::findIntOfDefinitions(const Definitions &From) {
  IntValues Values;
  Values.Unknown = From.Unknown;
  for (const Definition &Each : From.Found) {
    switch (Each.DefinitionKind) {
    case Definition::Zero:
      Values.add(IntValues::of(0, Each.Last->Where->getBeginLoc()));
      break;
    case Definition::Value:
      if (llvm::is_contained(Active, Asked(Each.E, Each.At.Via)))
        break; // Asks for itself: adds nothing to what the others give.
      Active.push_back({Each.E, Each.At.Via});
      Values.add(findInt(Each.E, Each.At));
      Active.pop_back();
      break;
    case Definition::Learned:
      if (Each.Given->Number)
        Values.add(
            IntValues::of(*Each.Given->Number,
                          LearnedRows::current()->locate(Each.Given->At)));
      else
        Values.Unknown = true;
      break;
    case Definition::Open:
      Values.add(IntValues::open(Each.Path, SourceLocation()));
      break;
    case Definition::Update:
    case Definition::Pass:
      Values.Unknown = true;
      break;
    }
    if (Values.Known.size() > MaxValues) {
      reportLimit("MaxValues", Each.At.getFunction());
      return IntValues::unknown();
    }
  }
  return Values;
}

IntValues ValueFinder::convert(IntValues Values, QualType To) const {
  if (!To->isIntegerType() || To->isBooleanType())
    return Values;
  unsigned Width = Context.getTypeSize(To);
  if (Width >= 64)
    return Values;
  bool IsUnsigned = To->isUnsignedIntegerOrEnumerationType();
  auto Wrap = [&](int64_t Value) {
    llvm::APInt Bits =
        llvm::APInt(64, static_cast<uint64_t>(Value)).trunc(Width);
    return IsUnsigned ? static_cast<int64_t>(Bits.getZExtValue())
                      : Bits.getSExtValue();
  };
  IntValues Result;
  Result.Unknown = Values.Unknown;
  for (Sourced<IntRange> &Item : Values.Known) {
    if (Item.Value.Open.isValid()) {
      Result.Known.push_back(Item);
      continue;
    }
    IntRange Wrapped = Item.Value;
    Wrapped.Low = Wrap(Item.Value.Low);
    Wrapped.High = Wrap(Item.Value.High);
    // An interval that wraps in its middle is no interval any more.
    if (Wrapped.High - Wrapped.Low == Item.Value.High - Item.Value.Low)
      Result.Known.push_back({Wrapped, Item.Origin});
    else
      Result.Unknown = true;
  }
  return Result;
}

/// The result of `A Op B` for all values of A and B, if it is an interval.
static std::optional<IntRange>
combineRanges(BinaryOperatorKind Op, const IntRange &A, const IntRange &B) {
  if (A.Swapped || B.Swapped || A.Open.isValid() || B.Open.isValid())
    return std::nullopt;
  int64_t Low, High;
  switch (Op) {
  case BO_Add:
    if (__builtin_add_overflow(A.Low, B.Low, &Low) ||
        __builtin_add_overflow(A.High, B.High, &High))
      return std::nullopt;
    return IntRange{Low, High};
  case BO_Sub:
    if (__builtin_sub_overflow(A.Low, B.High, &Low) ||
        __builtin_sub_overflow(A.High, B.Low, &High))
      return std::nullopt;
    return IntRange{Low, High};
  case BO_Rem:
    if (!B.isOne() || B.Low <= 0)
      return std::nullopt;
    if (A.isOne())
      return IntRange::of(A.Low % B.Low);
    return IntRange{0, B.Low - 1};
  default:
    break;
  }
  if (!A.isOne() || !B.isOne())
    return std::nullopt;
  uint64_t L = static_cast<uint64_t>(A.Low), R = static_cast<uint64_t>(B.Low);
  auto One = [](uint64_t Value) {
    return IntRange::of(static_cast<int64_t>(Value));
  };
  switch (Op) {
  case BO_Mul:
    return One(L * R);
  case BO_Div:
    if (B.Low <= 0 || A.Low < 0)
      return std::nullopt;
    return One(L / R);
  case BO_Or:
    return One(L | R);
  case BO_And:
    return One(L & R);
  case BO_Xor:
    return One(L ^ R);
  case BO_Shl:
    return One(R < 64 ? L << R : 0);
  case BO_Shr:
    return One(R < 64 ? L >> R : 0);
  default:
    return std::nullopt;
  }
}

IntValues ValueFinder::combine(const BinaryOperator *Binary, Place At) {
  BinaryOperatorKind Op = Binary->getOpcode();
  if (Op == BO_Comma || Op == BO_Assign)
    return findInt(Binary->getRHS(), At);
  if (Binary->isComparisonOp() || Binary->isLogicalOp() ||
      Binary->isCompoundAssignmentOp())
    return IntValues::unknown();
  IntValues Left = findInt(Binary->getLHS(), At);
  IntValues Right = findInt(Binary->getRHS(), At);
  // `33000 + instance`: the base itself is among the ports.
  if (Op == BO_Add && (Left.Known.empty() || Right.Known.empty())) {
    Left.add(Right);
    Left.Unknown = true;
    return Left;
  }
  // `rand() % 1000`: whatever it is of, it is less than 1000.
  if (Op == BO_Rem && Left.Known.empty() && Right.single() &&
      *Right.single() > 0) {
    IntValues Rest;
    Rest.Known.push_back(
        {IntRange{0, *Right.single() - 1}, Binary->getExprLoc()});
    return Rest;
  }
  if (Left.Known.size() * Right.Known.size() > MaxValues) {
    reportLimit("MaxValues", At.getFunction());
    return IntValues::unknown();
  }
  IntValues Result;
  Result.Unknown = Left.Unknown || Right.Unknown;
  for (const Sourced<IntRange> &L : Left.Known)
    for (const Sourced<IntRange> &R : Right.Known) {
      std::optional<IntRange> Value = combineRanges(Op, L.Value, R.Value);
      if (!Value) {
        Result.Unknown = true;
        continue;
      }
      // `(port >> 8) | (port << 8)` is htons() by hand.
      bool IsShift = Op == BO_Shl || Op == BO_Shr;
      Value->Swaps = IsShift ? 1 : std::max(L.Value.Swaps, R.Value.Swaps);
      // The larger part is the one that a reader looks for: the base.
      IntValues One;
      One.Known.push_back(
          {*Value, L.Value.High >= R.Value.High ? L.Origin : R.Origin});
      Result.add(One);
    }
  return Result;
}

const Expr *getFlagDefault(const CallExpr *Call) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (!Callee || !Callee->getIdentifier() || Callee->getName() != "GetFlag" ||
      Call->getNumArgs() != 1)
    return nullptr;
  const auto *Ref =
      dyn_cast<DeclRefExpr>(Call->getArg(0)->IgnoreParenImpCasts());
  const ValueDecl *Flag = Ref ? Ref->getDecl() : nullptr;
  if (!Flag || !Flag->getIdentifier() ||
      Flag->getName().substr(0, 6) != "FLAGS_")
    return nullptr;
  std::string Holder =
      "AbslFlagDefaultGenFor" + Flag->getName().substr(6).str();
  for (const Decl *D : Flag->getDeclContext()->decls()) {
    const auto *Record = dyn_cast<CXXRecordDecl>(D);
    if (!Record || !Record->isThisDeclarationADefinition() ||
        !Record->getIdentifier() || Record->getName() != Holder)
      continue;
    for (const FieldDecl *Field : Record->fields())
      if (const Expr *Init = Field->getInClassInitializer()) {
        // `InitDefaultValue<int>(50051)`, wherever its argument is.
        Init = Init->IgnoreUnlessSpelledInSource();
        const auto *Made = dyn_cast<CallExpr>(Init);
        return Made && Made->getNumArgs() >= 1 ? Made->getArg(0) : Init;
      }
  }
  return nullptr;
}

IntValues ValueFinder::findIntOfCall(const CallExpr *Call, Place At) {
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
      IntValues Values = findInt(Arg, At);
      if (Swap16 || Swap32 || Little)
        for (Sourced<IntRange> &Item : Values.Known) {
          unsigned Swaps = Item.Value.Swaps + 1;
          if (!Item.Value.isOne() || Item.Value.Open.isValid())
            Item.Value.Swapped = !Item.Value.Swapped;
          else
            Item.Value =
                IntRange::of(Swap16 || Network16 ? swapBytes16(Item.Value.Low)
                                                 : swapBytes32(Item.Value.Low));
          Item.Value.Swaps = Swaps;
        }
      return Values;
    }
  }
  if (Name == "__builtin_expect" && Call->getNumArgs() == 2)
    return findInt(Call->getArg(0), At);
  if ((Name == "atoi" || Name == "atol" || Name == "strtol" ||
       Name == "strtoul" || Name == "stoi" || Name == "stoul") &&
      Call->getNumArgs() >= 1) {
    StringValues Strings = findString(Call->getArg(0), At);
    IntValues Values;
    Values.Unknown = Strings.Unknown;
    for (const Sourced<std::string> &Item : Strings.Known) {
      int64_t Number = 0;
      if (AccessPath Open = readOpen(Unit, Item.Value); Open.isValid()) {
        Values.add(IntValues::open(Open, Item.Origin));
      } else if (llvm::StringRef(Item.Value).getAsInteger(10, Number))
        Values.Unknown = true;
      else
        Values.add(IntValues::of(Number, Item.Origin));
    }
    return Values;
  }
  const FunctionDecl *Callee = Call->getDirectCallee();
  if (const Expr *Default = getFlagDefault(Call)) {
    IntValues Values = findInt(Default, {nullptr, nullptr});
    Values.Unknown = true;
    return Values;
  }
  // `config.value_or(33333)`: what it holds is not known, the rest is.
  if (Callee && Callee->getIdentifier() && Callee->getName() == "value_or" &&
      Call->getNumArgs() == 1) {
    IntValues Values = findInt(Call->getArg(0), At);
    Values.Unknown = true;
    return Values;
  }
  if (std::optional<int64_t> Constant = evaluateConstant(Call, Context))
    return IntValues::of(*Constant, Call->getExprLoc());
  const FunctionDecl *Body = nullptr;
  if (Callee && !Callee->getBuiltinID() && Callee->hasBody(Body)) {
    Entry Via = {Call, Body, At};
    return findIntOfDefinitions(findReturns(Unit, Callee, &Via));
  }
  return IntValues::unknown();
}

const Expr *getFieldInit(const InitListExpr *List, llvm::StringRef Name) {
  for (const auto &[Field, Init] : getFieldInits(List))
    if (Field->getIdentifier() && Field->getName() == Name)
      return Init;
  return nullptr;
}

IntValues findIntValues(const FunctionFlow &Flow, const Expr *E,
                        const Stmt *Use) {
  return ValueFinder(Flow.getUnit()).findInt(E, {&Flow, Use});
}

IntValues findIntValues(const FunctionFlow &Flow, const AccessPath &Path,
                        const Stmt *Use) {
  return ValueFinder(Flow.getUnit()).findIntOf(Path, {&Flow, Use});
}

StringValues findStringValues(const FunctionFlow &Flow, const Expr *E,
                              const Stmt *Use) {
  return ValueFinder(Flow.getUnit()).findString(E, {&Flow, Use});
}

IntValues findIntValues(TranslationUnit &Unit, const Expr *E, Place At) {
  return ValueFinder(Unit).findInt(E, At);
}

IntValues findIntValues(TranslationUnit &Unit, const AccessPath &Path,
                        Place At) {
  return ValueFinder(Unit).findIntOf(Path, At);
}

StringValues findStringValues(TranslationUnit &Unit, const Expr *E, Place At) {
  return ValueFinder(Unit).findString(E, At);
}

StringValues findStringValues(TranslationUnit &Unit, const AccessPath &Path,
                              Place At) {
  return ValueFinder(Unit).findStringOf(Path, At);
}

namespace {

/// What texts stand for, by their number.
struct OpenPaths {
  std::vector<AccessPath> Paths;
};

} // namespace

std::string writeOpen(TranslationUnit &Unit, const AccessPath &Path) {
  std::vector<AccessPath> &Paths = Unit.memory<OpenPaths>().Paths;
  auto Known = llvm::find(Paths, Path);
  size_t Number = Known - Paths.begin();
  if (Known == Paths.end())
    Paths.push_back(Path);
  return OpenPart + std::to_string(Number) + OpenPart;
}

AccessPath readOpen(TranslationUnit &Unit, llvm::StringRef Text) {
  const std::vector<AccessPath> &Paths = Unit.memory<OpenPaths>().Paths;
  size_t Number = 0;
  if (Text.size() < 3 || Text.front() != OpenPart || Text.back() != OpenPart ||
      Text.drop_front().drop_back().getAsInteger(10, Number) ||
      Number >= Paths.size())
    return {};
  return Paths[Number];
}

IntValues findIntValues(TranslationUnit &Unit, const Expr *E) {
  return ValueFinder(Unit).findInt(E, {nullptr, nullptr});
}

StringValues findStringValues(TranslationUnit &Unit, const Expr *E) {
  return ValueFinder(Unit).findString(E, {nullptr, nullptr});
}

bool isNullPointer(const FunctionFlow &Flow, const Expr *E) {
  return E && E->isNullPointerConstant(Flow.getContext(),
                                       Expr::NPC_ValueDependentIsNotNull) !=
                  Expr::NPCK_NotNull;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
