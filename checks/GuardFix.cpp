//===- GuardFix.cpp - put the guard where the attempt is tested -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuardFix.h"
#include "analysis/World.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *Header = "selfconnect/guard.h";

static bool contains(const Stmt *S, const Stmt *Part) {
  if (!S || S == Part)
    return S != nullptr;
  return llvm::any_of(S->children(), [&](const Stmt *Child) {
    return contains(Child, Part);
  });
}

/// True if a branch of the function goes by the result of Attempt, or if its
/// caller is told.
static bool isResultTested(const FunctionFlow &Flow, const CallExpr *Attempt) {
  PathSet Results;
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value &&
        W.Value->IgnoreParenCasts() == Attempt)
      Results.insert(W.Target);
  auto Tests = [&](const Stmt *S) {
    return contains(S, Attempt) ||
           (!Results.empty() && mentionsAny(Flow, S, Results));
  };
  for (const CFGBlock *Block : Flow.getCFG()) {
    const Expr *Condition =
        Block->succ_size() >= 2 ? Block->getLastCondition() : nullptr;
    if (Condition && Tests(Condition))
      return true;
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Return = dyn_cast<ReturnStmt>(Statement->getStmt()))
          if (Return->getRetValue() && Tests(Return->getRetValue()))
            return true;
  }
  return false;
}

std::vector<GuardFix::Include>
GuardFix::findIncludes(FileID File, const SourceManager &Sources,
                       const LangOptions &LangOpts) {
  std::vector<Include> Found;
  StringRef Text = Sources.getBufferData(File);
  Lexer Raw(Sources.getLocForStartOfFile(File), LangOpts, Text.begin(),
            Text.begin(), Text.end());
  int Depth = 0;
  Token Tok;
  bool AtEnd = false;
  while (!AtEnd) {
    AtEnd = Raw.LexFromRawLexer(Tok);
    if (!Tok.is(tok::hash) || !Tok.isAtStartOfLine())
      continue;
    unsigned Offset = Sources.getFileOffset(Tok.getLocation());
    AtEnd = Raw.LexFromRawLexer(Tok);
    if (!Tok.is(tok::raw_identifier))
      continue;
    StringRef Directive = Tok.getRawIdentifier();
    if (Directive == "if" || Directive == "ifdef" || Directive == "ifndef")
      ++Depth;
    else if (Directive == "endif")
      --Depth;
    if (Directive != "include")
      continue;
    size_t LineEnd = Text.find('\n', Offset);
    if (LineEnd == StringRef::npos)
      break;
    Found.push_back({unsigned(LineEnd + 1), Depth,
                     Text.slice(Offset, LineEnd).contains(Header)});
  }
  return Found;
}

GuardFix::IncludePlace GuardFix::findIncludePlace(FileID File, unsigned Before,
                                                  const ASTContext &Context) {
  auto Inserted = Includes.try_emplace(File);
  if (Inserted.second) // To lex a file takes longer than all else here.
    Inserted.first->second =
        findIncludes(File, Context.getSourceManager(), Context.getLangOpts());
  IncludePlace Place;
  int BestDepth = 0;
  for (const Include &Each : Inserted.first->second) {
    if (Each.End > Before)
      break;
    Place.AlreadyThere |= Each.IsGuard;
    if (!Place.Offset || Each.Depth <= BestDepth) {
      Place.Offset = Each.End;
      BestDepth = Each.Depth;
    }
  }
  return Place;
}

/// What getaddrinfo() and casts leave: `struct sockaddr *`. In C, glibc takes a
/// sockaddr_in, too, and guard.h does not.
static bool isSockaddrPointer(const Expr *Address) {
  if (!Address || !Address->getType()->isPointerType())
    return false;
  const RecordDecl *Record =
      Address->getType()->getPointeeType()->getAsRecordDecl();
  return Record && Record->getIdentifier() && Record->getName() == "sockaddr";
}

llvm::SmallVector<FixItHint, 2> GuardFix::make(const FunctionFlow &Flow,
                                               const CallExpr *Attempt,
                                               const RetryCycle &Cycle,
                                               bool EachAlone) {
  const ASTContext &Context = Flow.getContext();
  const SourceManager &Sources = Context.getSourceManager();
  const Expr *Callee = Attempt->getCallee()->IgnoreParenImpCasts();
  SourceRange Name = Callee->getSourceRange();
  const FunctionDecl *Function = Flow.getFunction();
  // A connection that is made later is guarded later; what a macro or a
  // template says, it says elsewhere, too.
  if (Cycle.Socket == ::selfconnect::SocketMode::Nonblocking || Cycle.Later ||
      !isa<DeclRefExpr>(Callee) || Name.getBegin().isMacroID() ||
      Name.getEnd().isMacroID() || Function->isTemplateInstantiation() ||
      !isSockaddrPointer(getPlainArgument(Attempt, 1)) ||
      !isResultTested(Flow, Attempt))
    return {};
  FileID File = Sources.getFileID(Name.getBegin());
  IncludePlace Place =
      findIncludePlace(File, Sources.getFileOffset(Name.getBegin()), Context);
  if (!Place.Offset && !Place.AlreadyThere)
    return {};
  llvm::SmallVector<FixItHint, 2> Fixes;
  Fixes.push_back(FixItHint::CreateReplacement(
      CharSourceRange::getTokenRange(Name), "selfconnect_connect"));
  if (!Place.AlreadyThere && (EachAlone || Included.insert(File).second)) {
    bool WithReturn = *Place.Offset >= 2 && Sources.getBufferData(
                          File)[*Place.Offset - 2] == '\r';
    Fixes.push_back(FixItHint::CreateInsertion(
        Sources.getLocForStartOfFile(File).getLocWithOffset(
            static_cast<int>(*Place.Offset)),
        std::string("#include <") + Header + (WithReturn ? ">\r\n" : ">\n")));
  }
  return Fixes;
}

std::string GuardFix::describe(const FunctionFlow &Flow,
                               const CallExpr *Attempt) {
  const ASTContext &Context = Flow.getContext();
  const Expr *Socket = Attempt->getArg(0)->IgnoreParenImpCasts();
  if (!Flow.path(Socket).isValid())
    return "";
  StringRef Text = Lexer::getSourceText(
      CharSourceRange::getTokenRange(Socket->getSourceRange()),
      Context.getSourceManager(), Context.getLangOpts());
  if (Text.empty() || Text.contains('\n'))
    return "";
  std::string Name = Text.str();
  return std::string("with #include <") + Header +
         ">, add once it is connected: if (selfconnect_is_self_connected(" +
         Name + ")) { selfconnect_close(" + Name +
         "); /* as after a refusal */ }";
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
