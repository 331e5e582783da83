//===- TranslationUnit.h - computed once per unit ---------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// Owns what the analysis learns about one translation unit, each part computed
/// at the first question. A check makes one at the start of a translation unit
/// and drops it at its end.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_TRANSLATIONUNIT_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_TRANSLATIONUNIT_H

#include "AccessPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallVector.h"
#include <map>
#include <memory>
#include <vector>

namespace clang {
namespace tidy {
namespace selfconnect {

class FunctionFlow;

/// A place where something is given a value: `port = Value` in Function, or an
/// initialiser, for which Function may be null.
struct Giving {
  const Expr *Value;
  const FunctionDecl *Function;
  /// The variable whose field it is, where that is known.
  const VarDecl *Object = nullptr;
};

/// What a translation unit gives to one variable of static storage, or to one
/// field of whatever object.
struct Givings {
  llvm::SmallVector<Giving, 2> Values;
  /// It also changes in ways that are not followed: its address is taken, it is
  /// incremented.
  bool Other = false;
};

/// A call of a function or constructor of this translation unit.
struct CallSite {
  const Expr *Call; ///< CallExpr or CXXConstructExpr
  llvm::ArrayRef<const Expr *> Arguments;
  const FunctionDecl *Caller; ///< null for the initialiser of a global
};

class TranslationUnit {
public:
  explicit TranslationUnit(ASTContext &Context);
  ~TranslationUnit();

  ASTContext &getContext() const { return Context; }

  /// Null when there is no body or Clang cannot build its CFG.
  const FunctionFlow *getFlow(const FunctionDecl *Function);

  /// The assignments to Var, which has static storage; its initialiser is not
  /// among them. A variable with external linkage may be written in other
  /// files, too; what stands here is what its readers see, so that does not
  /// count as unknown.
  const Givings &getGlobalGivings(const VarDecl *Var);

  /// The assignments and initialisers of Field, in all objects.
  const Givings &getFieldGivings(const FieldDecl *Field);

  /// The calls of Function, std::make_unique() and its kin included.
  llvm::ArrayRef<CallSite> getCalls(const FunctionDecl *Function);

  /// True if all calls of Function are in getCalls().
  bool seesAllCalls(const FunctionDecl *Function);

  /// True if Is holds for a call of one of the functions that the unit calls;
  /// of each of them one call is asked.
  bool callsAny(llvm::function_ref<bool(const CallExpr *)> Is);

  /// The functions that mention Object: a variable of static storage or a field
  /// that is a socket address or points to a list of them. Object is canonical.
  llvm::ArrayRef<const FunctionDecl *> getAddressUsers(const ValueDecl *Object);

  /// The functions from which Function can be reached, itself included: by
  /// calls, and by handing a function or a lambda on to be called later. All
  /// are canonical.
  const llvm::SmallPtrSetImpl<const FunctionDecl *> &
  getCallersOf(const FunctionDecl *Function);

  /// The functions that arrange for Function to be reached later: those that
  /// hand on what leads to it, and their callers. All are canonical.
  const llvm::SmallPtrSetImpl<const FunctionDecl *> &
  getSchedulersOf(const FunctionDecl *Function);

  /// The functions and lambdas that are handed on, to be called later, each
  /// with the functions that do so (null: an initialiser), in the order of the
  /// file.
  struct Handler {
    const FunctionDecl *Function;
    llvm::SmallVector<const FunctionDecl *, 2> HandedOnBy;
  };
  llvm::ArrayRef<Handler> getHandlers();

  /// True if the function that Ref names is handed on rather than called.
  bool isHandedOn(const DeclRefExpr *Ref);

  /// The function that S hands on: by naming it, or by the string that Qt's
  /// SLOT() makes of its name. Null if it hands on none.
  const FunctionDecl *getHandedOn(const Stmt *S);

  /// What a room above this one keeps about the unit, made at the first
  /// question: one object for each type.
  template <typename T> T &memory() {
    static const char Key = 0;
    std::unique_ptr<Memory> &Kept = Memories[&Key];
    if (!Kept)
      Kept = std::make_unique<MemoryOf<T>>();
    return static_cast<MemoryOf<T> &>(*Kept).Value;
  }

  /// The functions without a body here that are called, or handed on, or that
  /// methods of other files may override, each once.
  std::vector<const FunctionDecl *> getCalledElsewhere();

  /// A function that is put in a field: `{.connect = tcp_connect}`.
  struct TableEntry {
    const FieldDecl *Field;
    const FunctionDecl *Function;
  };
  /// All of this file, in its order.
  llvm::ArrayRef<TableEntry> getTableEntries();

  /// What one walk over the translation unit collects.
  struct Index;

private:
  AccessPath::Keeper Paths; // Outlives all that has paths.
  ASTContext &Context;
  llvm::DenseMap<const FunctionDecl *, std::unique_ptr<FunctionFlow>> Flows;
  Index &getIndex();
  std::unique_ptr<Index> WholeIndex;
  using FunctionSets = std::map<const FunctionDecl *,
                                llvm::SmallPtrSet<const FunctionDecl *, 8>>;
  /// Of methods that override others.
  std::map<const FunctionDecl *, std::vector<CallSite>> VirtualCalls;
  struct Memory {
    virtual ~Memory() = default;
  };
  template <typename T> struct MemoryOf : Memory { T Value; };
  std::map<const void *, std::unique_ptr<Memory>> Memories;
  FunctionSets CallersOf;
  FunctionSets SchedulersOf;
  std::vector<Handler> Handlers;
  bool HasHandlers = false;
};

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_TRANSLATIONUNIT_H
