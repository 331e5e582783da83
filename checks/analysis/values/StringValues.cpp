//===- StringValues.cpp - which strings may arrive at an expression -------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../api/LearnedRows.h"
#include "../code/Limits.h"
#include "ValueFinder.h"
#include "clang/AST/ExprCXX.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// How many strings one expression may have before it counts as unknown.
static constexpr unsigned MaxStrings = 16;
/// How long a string may become before it counts as unknown.
static constexpr unsigned MaxLength = 512;

static const std::string Unsure(1, UnknownPart);

/// What is around the expression that makes the string: temporaries, casts,
/// conversions between string classes.
static const Expr *peel(const Expr *E) {
  while (true) {
    const Expr *Before = E;
    E = E->IgnoreParenCasts();
    if (const auto *Full = dyn_cast<FullExpr>(E))
      E = Full->getSubExpr();
    else if (const auto *Temporary = dyn_cast<MaterializeTemporaryExpr>(E))
      E = Temporary->getSubExpr();
    else if (const auto *Bind = dyn_cast<CXXBindTemporaryExpr>(E))
      E = Bind->getSubExpr();
    else if (const auto *DefaultArg = dyn_cast<CXXDefaultArgExpr>(E))
      E = DefaultArg->getExpr();
    else if (const auto *DefaultInit = dyn_cast<CXXDefaultInitExpr>(E))
      E = DefaultInit->getExpr();
    else if (const auto *Unary = dyn_cast<UnaryOperator>(E)) {
      if (Unary->getOpcode() == UO_Extension)
        E = Unary->getSubExpr();
    } else if (const auto *List = dyn_cast<InitListExpr>(E)) {
      if (List->getNumInits() == 1)
        E = List->getInit(0);
    }
    if (E == Before)
      return E;
  }
}

/// All pairs of a Left and a Right, one after the other.
static StringValues concatenate(const StringValues &Left,
                                const StringValues &Right, Place At) {
  StringValues A = Left, B = Right, Result;
  // An unknown half leaves the other half known.
  if (A.Unknown)
    A.add(StringValues::of(Unsure, SourceLocation()));
  if (B.Unknown)
    B.add(StringValues::of(Unsure, SourceLocation()));
  if (A.Known.size() * B.Known.size() > MaxStrings) {
    reportLimit("MaxStrings", At.getFunction());
    return StringValues::unknown();
  }
  for (const Sourced<std::string> &L : A.Known)
    for (const Sourced<std::string> &R : B.Known) {
      if (L.Value.size() + R.Value.size() > MaxLength) {
        reportLimit("MaxLength", At.getFunction());
        Result.Unknown = true;
        continue;
      }
      // The later part is where the port is.
      Result.add(StringValues::of(L.Value + R.Value,
                                  R.Origin.isValid() ? R.Origin : L.Origin));
    }
  return Result;
}

StringValues ValueFinder::toText(const Expr *E, Place At) {
  if (!E->getType()->isIntegerType())
    return findString(E, At);
  IntValues Numbers = findInt(E, At);
  StringValues Texts;
  Texts.Unknown = Numbers.Unknown;
  for (const Sourced<IntRange> &Item : Numbers.Known) {
    if (Item.Value.Open.isValid())
      Texts.add(
          StringValues::of(writeOpen(Unit, Item.Value.Open), Item.Origin));
    else if (Item.Value.isOne())
      Texts.add(StringValues::of(std::to_string(Item.Value.Low), Item.Origin));
    else
      Texts.Unknown = true;
  }
  return Texts;
}

StringValues ValueFinder::format(const CallExpr *Call, unsigned FormatIndex,
                                 Place At) {
  if (FormatIndex >= Call->getNumArgs())
    return StringValues::unknown();
  StringValues Formats = findString(Call->getArg(FormatIndex), At);
  if (Formats.Unknown || Formats.Known.size() != 1)
    return StringValues::unknown();
  llvm::StringRef Rest = Formats.Known.front().Value;
  StringValues Result = StringValues::of("", Formats.Known.front().Origin);
  unsigned Next = FormatIndex + 1;
  while (!Rest.empty()) {
    size_t Percent = Rest.find('%');
    Result = concatenate(
        Result, StringValues::of(Rest.substr(0, Percent).str(), {}), At);
    if (Percent == llvm::StringRef::npos)
      break;
    Rest = Rest.substr(Percent + 1);
    size_t End = Rest.find_first_of("diuxXcspfgeEGn%");
    if (End == llvm::StringRef::npos)
      return StringValues::unknown();
    char Kind = Rest[End];
    bool Plain =
        Rest.substr(0, End).find_first_not_of("hljzt") == llvm::StringRef::npos;
    Rest = Rest.substr(End + 1);
    if (Kind == '%') {
      Result = concatenate(Result, StringValues::of("%", {}), At);
      continue;
    }
    bool Known =
        Plain && llvm::StringRef("dius").find(Kind) != llvm::StringRef::npos;
    if (Next >= Call->getNumArgs())
      return StringValues::unknown();
    Result = concatenate(
        Result,
        Known ? toText(Call->getArg(Next), At) : StringValues::unknown(), At);
    ++Next;
  }
  return Result;
}

/// True for the calls that give the name of the host that the program runs on.
static bool givesOwnHostName(llvm::StringRef Name) {
  return Name == "gethostname" || Name == "uv_os_gethostname" ||
         Name == "g_get_host_name" || Name == "host_name" ||
         Name == "localHostName";
}

/// What a call that was handed the character array left in it.
StringValues ValueFinder::findPassedString(const Definition &Passed,
                                           const AccessPath &) {
  const CallExpr *Call = Passed.Last->Call;
  llvm::StringRef Name = getFreeFunctionName(Call);
  if (Passed.Last->Argument != 0)
    return StringValues::unknown();
  if (givesOwnHostName(Name))
    return StringValues::of(OwnHostName, Call->getBeginLoc());
  if (Name == "snprintf" || Name == "__builtin_snprintf")
    return format(Call, 2, Passed.At);
  if (Name == "sprintf")
    return format(Call, 1, Passed.At);
  if ((Name == "strcpy" || Name == "strncpy" || Name == "strlcpy") &&
      Call->getNumArgs() >= 2)
    return findString(Call->getArg(1), Passed.At);
  return StringValues::unknown();
}

/// True for the calls that write a string and nothing else, and all of it.
static bool overwrites(const CallExpr *Call) {
  llvm::StringRef Name = getFreeFunctionName(Call);
  return givesOwnHostName(Name) || Name == "snprintf" || Name == "sprintf" ||
         Name == "strcpy" || Name == "strncpy" || Name == "strlcpy";
}

StringValues ValueFinder::findStringOfDefinitions(const Definitions &From,
                                                  const AccessPath &Path) {
  StringValues Values;
  Values.Unknown = From.Unknown;
  for (const Definition &Each : From.Found) {
    switch (Each.DefinitionKind) {
    case Definition::Zero:
      Values.Unknown = true;
      break;
    case Definition::Learned:
      if (Each.Given->Text)
        Values.add(StringValues::of(
            *Each.Given->Text, LearnedRows::current()->locate(Each.Given->At)));
      else
        Values.Unknown = true;
      break;
    case Definition::Open:
      Values.add(
          StringValues::of(writeOpen(Unit, Each.Path), SourceLocation()));
      break;
    case Definition::Value:
      if (llvm::is_contained(Active, Asked(Each.E, Each.At.Via)))
        break;
      Active.push_back({Each.E, Each.At.Via});
      Values.add(findString(Each.E, Each.At));
      Active.pop_back();
      break;
    case Definition::Update: {
      // `address += ":50051"`
      const auto *Append = dyn_cast<CXXOperatorCallExpr>(Each.Last->Where);
      if (!Append || Append->getOperator() != OO_PlusEqual ||
          Append->getNumArgs() != 2 ||
          llvm::is_contained(Active, Asked(Append, Each.At.Via))) {
        Values.Unknown = true;
        break;
      }
      Active.push_back({Append, Each.At.Via});
      StringValues Before =
          findStringOfDefinitions(findDefinitions(Unit, Path, Each.At), Path);
      Values.add(
          concatenate(Before, findString(Append->getArg(1), Each.At), Each.At));
      Active.pop_back();
      break;
    }
    case Definition::Pass:
      if (llvm::is_contained(Active, Asked(Each.Last->Call, Each.At.Via)))
        break;
      Active.push_back({Each.Last->Call, Each.At.Via});
      Values.add(findPassedString(Each, Path));
      Active.pop_back();
      break;
    }
    if (Values.Known.size() > MaxStrings) {
      reportLimit("MaxStrings", Each.At.getFunction());
      return StringValues::unknown();
    }
  }
  return Values;
}

static void collectTexts(const Stmt *S,
                         llvm::SmallVectorImpl<const StringLiteral *> &Texts) {
  if (!S)
    return;
  if (const auto *Text = dyn_cast<StringLiteral>(S))
    Texts.push_back(Text);
  if (const auto *Declared = dyn_cast<DeclStmt>(S))
    for (const Decl *D : Declared->decls())
      if (const auto *Var = dyn_cast<VarDecl>(D))
        // Its children are those of an automatic variable alone.
        if (Var->isStaticLocal() && isReadable(Var->getInit()))
          collectTexts(Var->getInit(), Texts);
  for (const Stmt *Child : S->children())
    collectTexts(Child, Texts);
}

/// The text of a lambda that captures nothing and has no other; null for
/// anything else.
static const StringLiteral *getOnlyText(const Expr *E) {
  const auto *Lambda = dyn_cast<LambdaExpr>(peel(E));
  if (!Lambda || Lambda->capture_begin() != Lambda->capture_end())
    return nullptr;
  llvm::SmallVector<const StringLiteral *, 2> Texts;
  collectTexts(Lambda->getBody(), Texts);
  bool IsOne =
      !Texts.empty() && llvm::all_of(Texts, [&](const StringLiteral *Text) {
        return Text == Texts.front();
      });
  return IsOne ? Texts.front() : nullptr;
}

StringValues ValueFinder::findStringOfCall(const CallExpr *Call, Place At) {
  const FunctionDecl *Callee = Call->getDirectCallee();
  // `"127.0.0.1"s`
  if (isa<UserDefinedLiteral>(Call) && Call->getNumArgs() >= 1)
    return findString(Call->getArg(0), At);
  if (const auto *Operator = dyn_cast<CXXOperatorCallExpr>(Call)) {
    // QStringLiteral() of Qt 5: a lambda around the text that is called at
    // once.
    if (Operator->getOperator() == OO_Call && Call->getNumArgs() == 1)
      if (const StringLiteral *Text = getOnlyText(Call->getArg(0)))
        return findString(Text, At);
    if (Operator->getOperator() == OO_Plus && Call->getNumArgs() == 2)
      return concatenate(findString(Call->getArg(0), At),
                         findString(Call->getArg(1), At), At);
    return StringValues::unknown();
  }
  if (!Callee || !Callee->getIdentifier()) {
    // `operator std::string_view()`
    if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call))
      if (isa_and_nonnull<CXXConversionDecl>(Callee))
        return findString(Member->getImplicitObjectArgument(), At);
    return StringValues::unknown();
  }
  llvm::StringRef Name = Callee->getName();
  if (const auto *Member = dyn_cast<CXXMemberCallExpr>(Call)) {
    if (Call->getNumArgs() == 0 &&
        (Name == "c_str" || Name == "data" || Name == "str"))
      return findString(Member->getImplicitObjectArgument(), At);
    if (Name == "value_or" && Call->getNumArgs() == 1) {
      StringValues Values = findString(Call->getArg(0), At);
      Values.Unknown = true;
      return Values;
    }
  }
  if (const Expr *Default = getFlagDefault(Call)) {
    StringValues Values = findString(Default, {nullptr, nullptr});
    Values.Unknown = true;
    return Values;
  }
  if (givesOwnHostName(Name) && Call->getNumArgs() == 0)
    return StringValues::of(OwnHostName, Call->getBeginLoc());
  // QStringLiteral() of Qt 6.
  if (Name == "qMakeStringPrivate" && Call->getNumArgs() == 1)
    return findString(Call->getArg(0), At);
  if (Name == "to_string" && Call->getNumArgs() == 1)
    return toText(Call->getArg(0), At);
  if (Name == "StrCat" || Name == "StrConcat") {
    StringValues Result = StringValues::of("", SourceLocation());
    for (const Expr *Arg : Call->arguments()) {
      // absl::StrCat() takes AlphaNum, made from numbers and strings alike.
      const Expr *Plain = Arg;
      while (true) {
        const Expr *Inner = peel(Plain);
        const auto *Construct = dyn_cast<CXXConstructExpr>(Inner);
        if (Construct && Construct->getNumArgs() >= 1)
          Inner = Construct->getArg(0);
        if (Inner == Plain)
          break;
        Plain = Inner;
      }
      Result = concatenate(Result, toText(Plain, At), At);
    }
    return Result;
  }
  const FunctionDecl *Body = nullptr;
  if (!Callee->hasBody(Body))
    return StringValues::unknown();
  Entry Via = {Call, Body, At};
  return findStringOfDefinitions(findReturns(Unit, Callee, &Via), AccessPath());
}

StringValues ValueFinder::findString(const Expr *E, Place At) {
  if (!E || isTired(At) || E->isTypeDependent())
    return StringValues::unknown();
  Deeper Level(*this);
  E = peel(E);
  if (const auto *Literal = dyn_cast<StringLiteral>(E)) {
    // L"50051": what is asked of a text here is ASCII, or not this host.
    std::string Text;
    for (unsigned I = 0; I < Literal->getLength(); ++I) {
      uint32_t Unit = Literal->getCodeUnit(I);
      if (Literal->getCharByteWidth() != 1 && Unit > 0x7f)
        return StringValues::unknown();
      Text += static_cast<char>(Unit);
    }
    return StringValues::of(Text, Literal->getBeginLoc());
  }
  if (const auto *Character = dyn_cast<CharacterLiteral>(E))
    return StringValues::of(
        std::string(1, static_cast<char>(Character->getValue())),
        Character->getBeginLoc());
  if (const auto *Conditional = dyn_cast<AbstractConditionalOperator>(E)) {
    const auto *Short = dyn_cast<BinaryConditionalOperator>(E);
    StringValues Values =
        findString(Short ? Short->getCommon() : Conditional->getTrueExpr(), At);
    Values.add(findString(Conditional->getFalseExpr(), At));
    return Values;
  }
  if (const auto *Call = dyn_cast<CallExpr>(E))
    return findStringOfCall(Call, At);
  if (const auto *Construct = dyn_cast<CXXConstructExpr>(E))
    // A string made of a string, and then a copy, a view, a URI of it.
    return Construct->getNumArgs() >= 1 ? findString(Construct->getArg(0), At)
                                        : StringValues::unknown();
  AccessPath Path = getPathAt(E, At);
  if (!Path.isValid())
    return StringValues::unknown();
  // The characters of an array are the array.
  if (!E->getType()->isArrayType())
    return findStringOf(Path, At);
  Definitions From = findDefinitions(Unit, Path, At);
  // snprintf() leaves nothing of what was there before it.
  bool Rewritten = llvm::any_of(From.Found, [](const Definition &Each) {
    return Each.DefinitionKind == Definition::Pass &&
           overwrites(Each.Last->Call);
  });
  if (Rewritten) {
    llvm::erase_if(From.Found, [](const Definition &Each) {
      return Each.DefinitionKind == Definition::Zero ||
             (Each.DefinitionKind == Definition::Pass &&
              !overwrites(Each.Last->Call));
    });
    From.Unknown = false;
  }
  return findStringOfDefinitions(From, Path);
}

StringValues ValueFinder::findStringOf(const AccessPath &Path, Place At) {
  return findStringOfDefinitions(findDefinitions(Unit, Path, At), Path);
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
