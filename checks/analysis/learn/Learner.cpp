//===- Learner.cpp - makes the summaries of this file ---------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Learner.h"
#include "../api/LearnedRows.h"
#include "../attempt/NeverReturns.h"
#include "../attempt/Repeaters.h"
#include "Attempts.h"
#include "FieldSets.h"
#include "Tells.h"
#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

namespace {

/// Finds what is worth a summary: the functions of the file, and their calls.
class Collector : public RecursiveASTVisitor<Collector> {
public:
  bool shouldVisitTemplateInstantiations() const { return true; }

  bool VisitFunctionDecl(FunctionDecl *Function) {
    if (Function->doesThisDeclarationHaveABody() &&
        !Function->isDependentContext())
      Functions.push_back(Function);
    return true;
  }
  bool TraverseDecl(Decl *D) {
    const FunctionDecl *Outer = Around;
    if (D)
      if (const auto *Function = dyn_cast<FunctionDecl>(D))
        Around = Function;
    bool Continue = RecursiveASTVisitor::TraverseDecl(D);
    Around = Outer;
    return Continue;
  }
  bool VisitCallExpr(CallExpr *Call) { return add(Call); }
  bool VisitBinaryOperator(BinaryOperator *Binary) {
    if (Binary->getOpcode() == BO_Assign)
      addWrite(Binary->getLHS(), Binary->getRHS());
    return true;
  }
  bool VisitCXXOperatorCallExpr(CXXOperatorCallExpr *Call) {
    if (Call->getOperator() == OO_Equal && Call->getNumArgs() == 2)
      addWrite(Call->getArg(0), Call->getArg(1));
    return true;
  }
  bool VisitCXXConstructExpr(CXXConstructExpr *Construct) {
    return add(Construct);
  }

  std::vector<const FunctionDecl *> Functions;
  std::vector<std::pair<const Expr *, const FunctionDecl *>> Calls;
  llvm::SmallPtrSet<const FunctionDecl *, 32> FieldWriters;

private:
  void addWrite(const Expr *Target, const Expr *Value) {
    if (Around && !Around->isDependentContext() &&
        mayBeFieldSet(Target, Value, Around->getASTContext()))
      FieldWriters.insert(Around);
  }
  bool add(const Expr *Call) {
    if (Around && !Around->isDependentContext())
      Calls.push_back({Call, Around});
    return true;
  }
  const FunctionDecl *Around = nullptr;
};

} // namespace

static void collectOverrides(const CXXMethodDecl *Method,
                             std::vector<std::string> &Usrs) {
  for (const CXXMethodDecl *Base : Method->overridden_methods()) {
    Usrs.push_back(getUsr(Base));
    collectOverrides(Base, Usrs);
  }
}

Summary &RowsOfUnit::get(const FunctionDecl *Function) {
  // An instance says what its template does.
  if (const FunctionDecl *Pattern = Function->getTemplateInstantiationPattern())
    Function = Pattern;
  std::string Usr = getUsr(Function);
  Summary &Row = Rows[Usr];
  if (!Row.Usr.empty())
    return Row;
  Row.Usr = Usr;
  Row.Name = getSummaryName(Function);
  const FunctionDecl *Definition = Function->getDefinition();
  Row.At = toPlace((Definition ? Definition : Function)->getLocation(),
                   Unit.getContext(), Options);
  if (!Function->isExternallyVisible())
    Row.File = Row.At.File;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    collectOverrides(Method, Row.Overrides);
  llvm::sort(Row.Overrides);
  return Row;
}

Summary &RowsOfUnit::get(const FieldDecl *Field) {
  std::string Usr = getUsr(Field);
  Summary &Row = Rows[Usr];
  if (!Row.Usr.empty())
    return Row;
  Row.Usr = Usr;
  Row.Name = Field->getName().str();
  Row.At = toPlace(Field->getLocation(), Unit.getContext(), Options);
  // A type of this file is none of the others'.
  const SourceManager &Sources = Unit.getContext().getSourceManager();
  if (Sources.isInMainFile(Sources.getExpansionLoc(Field->getLocation())))
    Row.File = Row.At.File;
  return Row;
}

/// The files that were read, those of the system apart, and those of ApiFiles.
static std::vector<std::string> getIncludes(const ASTContext &Context,
                                            const LearnOptions &Options) {
  std::vector<std::string> Files;
  const SourceManager &Sources = Context.getSourceManager();
  for (unsigned I = 0, E = Sources.local_sloc_entry_size(); I != E; ++I) {
    const SrcMgr::SLocEntry &Entry = Sources.getLocalSLocEntry(I);
    if (!Entry.isFile() ||
        SrcMgr::isSystem(Entry.getFile().getFileCharacteristic()))
      continue;
    PresumedLoc Presumed = Sources.getPresumedLoc(
        SourceLocation::getFromRawEncoding(Entry.getOffset()),
        /*UseLineDirectives=*/false);
    if (Presumed.isInvalid())
      continue;
    std::string Name = Options.NameFile(Presumed.getFilename());
    if (!Name.empty())
      Files.push_back(std::move(Name));
  }
  for (const std::string &File : ApiTable::current().files())
    Files.push_back(Options.NameFile(File));
  return Files;
}

/// The row of the same function that says what it leaves in fields.
static Summary takeFieldSets(Summary &Row) {
  Summary Sets;
  Sets.Name = getFieldSetsName(Row.Name);
  Sets.Usr = Row.Usr;
  Sets.File = Row.File;
  Sets.At = Row.At;
  Sets.Overrides = Row.Overrides;
  Sets.Sets = std::move(Row.Sets);
  Row.Sets.clear();
  return Sets;
}

/// The functions of other files that this one has called again and again.
static void addRepeated(TranslationUnit &Unit, const LearnOptions &Options,
                        std::vector<Summary> &Rows) {
  for (const auto &[Function, Where] : findRepeatedElsewhere(Unit)) {
    Summary Row;
    Row.Name = getSummaryName(Function);
    if (Row.Name.empty())
      continue;
    Row.Name = getRepeatedName(Row.Name);
    Row.Usr = getUsr(Function);
    Row.At = toPlace(Where->getBeginLoc(), Unit.getContext(), Options);
    Row.IsRepeated = true;
    Rows.push_back(std::move(Row));
  }
}

UnitSummary learn(TranslationUnit &Unit, const LearnOptions &Options) {
  ASTContext &Context = Unit.getContext();
  const SourceManager &Sources = Context.getSourceManager();
  Collector Found;
  for (Decl *D : Context.getTranslationUnitDecl()->decls())
    if (!Sources.isInSystemHeader(D->getLocation()))
      Found.TraverseDecl(D);
  RowsOfUnit Rows(Unit, Options);
  for (const auto &[Call, Around] : Found.Calls)
    learnCall(Call, Around, Rows);
  learnTables(Rows);
  learnLeads(Rows);
  for (const FunctionDecl *Function : Found.Functions) {
    if (isa<CXXConstructorDecl>(Function) || Found.FieldWriters.count(Function))
      learnFieldSets(Function, Rows);
    learnEndpoints(Function, Rows);
    if (!Function->isMain() && Function->isExternallyVisible()) {
      std::vector<unsigned> Repeats = findRepeatedParameters(Unit, Function);
      if (!Repeats.empty())
        Rows.get(Function).Repeats = std::move(Repeats);
    }
    if (!Function->isMain() && !Function->isNoReturn() &&
        !getSummaryName(Function).empty() && neverReturns(Unit, Function))
      Rows.get(Function).NeverReturns = true;
  }
  // A file with errors does not say for certain what its code does.
  bool Broken = Context.getDiagnostics().hasUncompilableErrorOccurred();
  UnitSummary Summary;
  for (auto &[Usr, Row] : Rows.Rows) {
    if (Usr.empty() || Row.Name.empty())
      continue;
    if (Broken) {
      Row.NeverReturns = false;
      for (SummaryAttempt &Attempt : Row.Attempts)
        Attempt.Guarded = false;
    }
    if (!Row.Sets.empty()) {
      Summary.Rows.push_back(takeFieldSets(Row));
      if (!Row.hasFacts())
        continue;
    }
    Summary.Rows.push_back(std::move(Row));
  }
  addRepeated(Unit, Options, Summary.Rows);
  for (const FunctionDecl *Function : Found.Functions)
    learnTells(Function, Rows, Summary.Rows);
  Summary.Includes = getIncludes(Context, Options);
  if (auto Main = Sources.getFileEntryRefForID(Sources.getMainFileID()))
    Summary.Main = Options.NameFile(Main->getName());
  return Summary;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
