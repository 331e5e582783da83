//===- LearnedRows.h - rows of the API table from other files ---*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// What other files have learned of a function becomes rows of the API table,
/// so that a call of it is followed as one of a library is. Asked only for
/// functions that have no body here.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_API_LEARNEDROWS_H
#define SELFCONNECT_CHECKS_ANALYSIS_API_LEARNEDROWS_H

#include "../summary/SummaryStore.h"
#include "ApiTable.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseMap.h"
#include <deque>
#include <memory>

namespace clang {
namespace tidy {
namespace selfconnect {

/// The rows of one translation unit.
class LearnedRows {
public:
  /// Store has to outlive this.
  LearnedRows(SummaryStore &Store, ASTContext &Context)
      : Store(Store), Context(Context) {}

  /// What other files say of Function: of its definition, or of those that
  /// override it.
  llvm::ArrayRef<const Summary *> find(const FunctionDecl *Function);

  /// What they say that Function leaves in fields. These rows are filed apart:
  /// they are many, and only who asks for a port in a field needs them.
  llvm::ArrayRef<const Summary *> findFieldSets(const FunctionDecl *Function);

  /// The same as rows of that role, Connect, Listen, Endpoint or Create.
  llvm::ArrayRef<const ApiRow *> findRows(const FunctionDecl *Function,
                                          ApiRole Role);

  /// The same of the functions that Field may hold and that other files define.
  llvm::ArrayRef<const ApiRow *> findRows(const FieldDecl *Field,
                                          ApiRole Role);

  /// True if what Function does in another file leads to Target, or to what
  /// Target overrides.
  bool leadsTo(const FunctionDecl *Function, const FunctionDecl *Target);

  /// What says that another file gives Function to what calls it again and
  /// again; null where none does.
  const Summary *findRepeated(const FunctionDecl *Function);

  /// What Function, of another file, returns of its object or of what it is
  /// handed, if it does no more than that; else null.
  const SummaryTold *findTold(const FunctionDecl *Function);

  /// True if every definition of it that is known never comes back.
  bool neverReturns(const FunctionDecl *Function);

  /// The place in the source manager of this translation unit; invalid where
  /// the file cannot be read.
  SourceLocation locate(const SummaryPlace &Place) const;

  /// The rows that questions on this thread are answered from; null without
  /// summaries.
  static LearnedRows *current();

  /// Makes Rows, which may be null, the current ones while this object lives.
  class Use {
  public:
    explicit Use(LearnedRows *Rows);
    ~Use();
    Use(const Use &) = delete;
    Use &operator=(const Use &) = delete;

  private:
    LearnedRows *Previous;
  };

private:
  struct Known {
    llvm::SmallVector<const Summary *, 1> Summaries;
    llvm::SmallVector<const ApiRow *, 1> Rows;
  };
  using KnownFunctions = llvm::DenseMap<const FunctionDecl *, Known>;
  Known &getKnown(const FunctionDecl *Function, KnownFunctions &In);
  std::vector<const Summary *> findDefinitions(const FunctionDecl *Function,
                                               llvm::StringRef Name);
  bool isInMainFile(const SummaryPlace &Place) const;
  static llvm::ArrayRef<const ApiRow *>
  selectRole(llvm::ArrayRef<const ApiRow *> All, ApiRole Role);
  void addRows(const Summary &Of, Known &To);

  SummaryStore &Store;
  ASTContext &Context;
  KnownFunctions ByFunction;
  KnownFunctions SetsByFunction;
  llvm::DenseMap<const FieldDecl *, Known> ByField;
  llvm::DenseMap<const FunctionDecl *, const SummaryTold *> ToldByFunction;
  std::deque<Summary> Summaries;
  std::deque<ApiRow> Rows;
};

/// The USR of D; "" if it has none.
std::string getUsr(const Decl *D);

/// What a summary of Function is filed under; "" where there is none.
std::string getSummaryName(const FunctionDecl *Function);

/// What the row of a function called Name is filed under that says what it
/// leaves in fields.
std::string getFieldSetsName(llvm::StringRef Name);

/// What the row of a function called Name is filed under that says what it
/// returns of its object: there are many of these.
std::string getTellsName(llvm::StringRef Name);

/// What the row is filed under by which another file says that it has a
/// function called Name called again and again.
std::string getRepeatedName(llvm::StringRef Name);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_API_LEARNEDROWS_H
