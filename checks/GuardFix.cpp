//===- GuardFix.cpp - put the guard where the attempt is tested -----------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "GuardFix.h"
#include "analysis/code/Statements.h"
#include "analysis/endpoint/Sockets.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Lex/Lexer.h"

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr const char *Header = "selfconnect/guard.h";

/// True if a branch of the function goes by the result of Attempt, or if its
/// caller is told.
static bool isResultTested(const FunctionFlow &Flow, const CallExpr *Attempt) {
  PathSet Results;
  for (const Write &W : Flow.allWrites())
    if (W.WriteKind == Write::Assign && W.Value &&
        W.Value->IgnoreParenCasts() == Attempt)
      Results.insert(W.Target);
  auto Tests = [&](const Stmt *S) {
    return holds(S, Attempt) ||
           (!Results.empty() && mentionsAny(Flow, S, Results));
  };
  auto TestsLast = [&](const CFGBlock *Block) {
    const Expr *Condition =
        Block->succ_size() >= 2 ? Block->getLastCondition() : nullptr;
    return Condition && Tests(Condition);
  };
  // Most do so at once.
  if (const CFGBlock *Own = Flow.find(Attempt).Block; Own && TestsLast(Own))
    return true;
  for (const CFGBlock *Block : Flow.getCFG()) {
    if (TestsLast(Block))
      return true;
    for (const CFGElement &Element : *Block)
      if (auto Statement = Element.getAs<CFGStmt>())
        if (const auto *Return = dyn_cast<ReturnStmt>(Statement->getStmt()))
          if (Return->getRetValue() && Tests(Return->getRetValue()))
            return true;
  }
  return false;
}

/// Where the line after the one at Offset begins, behind a comment that begins
/// on it.
static unsigned findLineEnd(StringRef Text, size_t Offset) {
  size_t End = Text.find('\n', Offset);
  size_t Comment = Text.slice(Offset, End).rfind("/*");
  if (Comment != StringRef::npos)
    End = Text.find('\n', Text.find("*/", Offset + Comment + 2));
  return End == StringRef::npos ? Text.size() : End + 1;
}

std::vector<GuardFix::Include>
GuardFix::findIncludes(FileID File, const SourceManager &Sources,
                       const LangOptions &LangOpts) {
  std::vector<Include> Found;
  StringRef Text = Sources.getBufferData(File);
  Lexer Raw(Sources.getLocForStartOfFile(File), LangOpts, Text.begin(),
            Text.begin(), Text.end());
  // The #ifs around: the branch that is read, and whether they hold an include.
  struct Condition {
    unsigned Branch;
    bool HoldsInclude;
  };
  std::vector<Condition> Around;
  unsigned Branches = 0;
  auto Add = [&](unsigned Offset, bool IsGuard) {
    Found.push_back({findLineEnd(Text, Offset), Around.size(),
                     Around.empty() ? 0 : Around.back().Branch, IsGuard});
    if (!Around.empty())
      Around.back().HoldsInclude = true;
  };
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
    if (Directive == "if" || Directive == "ifdef" || Directive == "ifndef") {
      Around.push_back({++Branches, false});
    } else if (Directive.substr(0, 2) == "el" && !Around.empty()) {
      Around.back().Branch = ++Branches;
    } else if (Directive == "endif" && !Around.empty()) {
      bool HeldInclude = Around.back().HoldsInclude;
      Around.pop_back();
      if (HeldInclude)
        Add(Offset, false);
    } else if (Directive == "include") {
      Add(Offset, Text.slice(Offset, Text.find('\n', Offset)).contains(Header));
    }
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
  const Include *Best = nullptr;
  for (const Include &Each : Inserted.first->second) {
    if (Each.End > Before)
      break;
    Place.AlreadyThere |= Each.IsGuard;
    // Another branch of equal depth may be one that is left out.
    if (!Best || Each.Depth < Best->Depth || Each.Branch == Best->Branch)
      Best = &Each;
  }
  if (Best)
    Place.Offset = Best->End;
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
  if (mayBeNonblocking(Flow, Attempt) || Cycle.Later ||
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
    bool WithReturn = *Place.Offset >= 2 &&
                      Sources.getBufferData(File)[*Place.Offset - 2] == '\r';
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
