//===- Words.cpp - values in the words of a caller ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Words.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Basic/SourceManager.h"

namespace clang {
namespace tidy {
namespace selfconnect {

SummaryPlace toPlace(SourceLocation Location, const ASTContext &Context,
                     const LearnOptions &Options) {
  const SourceManager &Sources = Context.getSourceManager();
  SummaryPlace At;
  PresumedLoc Presumed = Sources.getPresumedLoc(Sources.getFileLoc(Location),
                                                /*UseLineDirectives=*/false);
  if (Presumed.isInvalid())
    return At;
  At.File = Options.NameFile(Presumed.getFilename());
  if (At.File.empty())
    return At;
  At.Line = Presumed.getLine();
  At.Column = Presumed.getColumn();
  return At;
}

std::optional<SummaryPath> Words::path(const AccessPath &Path,
                                       const FunctionDecl *Root) {
  SummaryPath Said;
  if (!Path.isValid() || Path.isErrno())
    return std::nullopt;
  if (const VarDecl *Var = Path.getRoot()) {
    const auto *Parameter = dyn_cast<ParmVarDecl>(Var);
    const auto *Of = Parameter
                         ? dyn_cast<FunctionDecl>(Parameter->getDeclContext())
                         : nullptr;
    if (!Of || Of->getCanonicalDecl() != Root->getCanonicalDecl())
      return std::nullopt;
    Said.Parameter = static_cast<int>(Parameter->getFunctionScopeIndex());
  } else if (!isa<CXXMethodDecl>(Root)) {
    return std::nullopt;
  }
  for (const AccessPath::Step &Step : Path.steps()) {
    if (Step.StepKind == AccessPath::Step::Index)
      return std::nullopt;
    if (Step.StepKind != AccessPath::Step::Field)
      continue;
    if (!Step.Member->getIdentifier())
      return std::nullopt;
    Said.Fields.push_back(Step.Member->getName().str());
  }
  return Said;
}

bool Words::livesOn(const AccessPath &Path) {
  const auto *Parameter = dyn_cast_or_null<ParmVarDecl>(Path.getRoot());
  return !Parameter || Parameter->getType()->isReferenceType() ||
         (!Path.steps().empty() &&
          Path.steps().front().StepKind == AccessPath::Step::Deref);
}

std::vector<SummaryValue> Words::ports(const IntValues &Ports,
                                       const FunctionDecl *Root) const {
  std::vector<SummaryValue> Said;
  bool Unknown = Ports.Unknown;
  for (const Sourced<IntRange> &Item : Ports.Known) {
    SummaryValue Value;
    if (Item.Value.Open.isValid()) {
      Value.From = path(Item.Value.Open, Root);
    } else if (Item.Value.isOne() && !Item.Value.Swapped) {
      Value.Number = Item.Value.Low;
      Value.At = place(Item.Origin);
    }
    if (Value.isKnown())
      Said.push_back(std::move(Value));
    else
      Unknown = true;
  }
  if (Unknown)
    Said.emplace_back();
  return Said;
}

std::vector<SummaryValue> Words::texts(const StringValues &Texts,
                                       const FunctionDecl *Root) const {
  std::vector<SummaryValue> Said;
  for (const Sourced<std::string> &Item : Texts.Known) {
    SummaryValue Value;
    if (AccessPath Open = readOpen(Unit, Item.Value); Open.isValid()) {
      Value.From = path(Open, Root);
    } else if (Item.Value.find_first_of("\x01\x02\x03") == std::string::npos) {
      Value.Text = Item.Value;
      Value.At = place(Item.Origin);
    }
    if (Value.isKnown())
      Said.push_back(std::move(Value));
  }
  return Said;
}

void Words::addHost(HostKind Kind, llvm::StringRef Text, const AccessPath &Open,
                    const FunctionDecl *Root,
                    std::vector<SummaryValue> &To) const {
  SummaryValue Value;
  if (Open.isValid())
    Value.From = path(Open, Root);
  else if (Kind == HostKind::SameHost)
    Value.Text = Text.empty() ? "127.0.0.1" : Text.str();
  else if (Kind == HostKind::Remote && !Text.empty())
    Value.Text = Text.str();
  To.push_back(std::move(Value));
}

SummaryRange Words::range(const AbstractValue &Value) {
  return {Value.Low, Value.High, Value.NotZero};
}

SummaryOutcome Words::outcome(const Outcome &Way,
                              const FunctionDecl *Root) const {
  SummaryOutcome Said;
  Said.Returns = Way.Returns;
  Said.Throws = Way.Throws;
  Said.Result = range(Way.Result);
  for (const auto &[Field, Value] : Way.Fields)
    if (Field->getIdentifier())
      Said.Fields[Field->getName().str()] = range(Value);
  for (const auto &[Place, Value] : Way.Left)
    if (std::optional<SummaryPath> In =
            livesOn(Place) ? path(Place, Root) : std::nullopt)
      Said.Left.push_back({*In, range(Value)});
  llvm::sort(Said.Left,
             [](const auto &A, const auto &B) { return A.first < B.first; });
  return Said;
}

std::string Words::name(const FunctionDecl *Function) const {
  const NamedDecl *Named = Function;
  if (const auto *Method = dyn_cast<CXXMethodDecl>(Function))
    if (Method->getIdentifier() && Method->getParent()->getIdentifier())
      return (Method->getParent()->getName() + "::" + Method->getName()).str();
  return Named->getNameAsString();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
