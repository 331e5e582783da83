//===- AccessPath.h - a storage location as code names it -------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

///
/// \file
/// `addr.sin_port`, `conn->fd`, `errno`: which object a piece of code reads or
/// writes, as data that can be compared. Casts, parentheses and `*&` vanish, so
/// that `((struct sockaddr_in *)&Storage)->sin_port` is Storage, sin_port. For
/// the members of a union, which share their storage, the first one stands.
///
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_CHECKS_ANALYSIS_CODE_ACCESSPATH_H
#define SELFCONNECT_CHECKS_ANALYSIS_CODE_ACCESSPATH_H

#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallVector.h"

namespace clang {
namespace tidy {
namespace selfconnect {

/// The field whose place Member has: itself, or the first member of its union.
const FieldDecl *getStorage(const FieldDecl *Member);

/// The field that element Index of Type, a std::pair or a std::tuple, is kept
/// in; null where it is not known.
const FieldDecl *getElementField(QualType Type, uint64_t Index);

/// Whether Init is there and can be asked for its value. While someone types,
/// `Socket s(broken);` has an initialiser without a type, a ParenListExpr.
bool isReadable(const Expr *Init);

/// One object: a root and the way from it. Invalid when the code names none
/// that we can follow.
class AccessPath {
public:
  /// A step from an object to a part of it, or through a pointer.
  struct Step {
    enum Kind { Field, Deref, Index } StepKind;
    const FieldDecl *Member; ///< for Field
    bool operator==(const Step &Other) const {
      return StepKind == Other.StepKind && Member == Other.Member;
    }
    bool operator<(const Step &Other) const {
      return StepKind != Other.StepKind ? StepKind < Other.StepKind
                                        : Member < Other.Member;
    }
  };

  AccessPath() = default;
  explicit AccessPath(const VarDecl *Root);
  static AccessPath errnoPath();
  static AccessPath thisObject();

  bool isValid() const { return Node; }
  bool isErrno() const;
  /// The variable that the path starts from; null for errno and `this`.
  const VarDecl *getRoot() const;
  llvm::ArrayRef<Step> steps() const;

  AccessPath withStep(Step Next) const;
  AccessPath withSteps(llvm::ArrayRef<Step> Next) const;
  AccessPath withoutLastStep() const;
  /// The object that a pointer at this path points to.
  AccessPath pointee() const {
    return isValid() ? withStep({Step::Deref, nullptr}) : *this;
  }

  /// True where Other is this object or a part of it.
  bool contains(const AccessPath &Other) const;
  /// True where one is a part of the other or both are the same.
  bool overlaps(const AccessPath &Other) const {
    return contains(Other) || Other.contains(*this);
  }

  bool operator==(const AccessPath &Other) const { return Node == Other.Node; }
  bool operator!=(const AccessPath &Other) const { return Node != Other.Node; }
  /// By age: which of the two was asked for first.
  bool operator<(const AccessPath &Other) const;

  /// Keeps the paths of this thread. There is one of these wherever paths are
  /// used; with the last one they go.
  class Keeper {
  public:
    Keeper();
    ~Keeper();
    Keeper(const Keeper &) = delete;
    Keeper &operator=(const Keeper &) = delete;
  };

private:
  /// Each path is there once, so that to compare two is to compare pointers.
  struct PathNode;
  struct PathTable;
  static PathTable &table();
  explicit AccessPath(const PathNode *Node) : Node(Node) {}

  const PathNode *Node = nullptr;
};

/// Pointers of a function that point to one known object for their whole life:
/// `struct sockaddr_in *Sin = (struct sockaddr_in *)&Storage`.
using PointerAliases = llvm::DenseMap<const VarDecl *, AccessPath>;

/// The object that the glvalue (or, for an array, the prvalue) E names.
AccessPath getAccessPath(const Expr *E, const PointerAliases &Aliases);

/// The object that the pointer (or reference) E points to: `&addr`, `p`, `buf`.
AccessPath getPointeePath(const Expr *E, const PointerAliases &Aliases);

} // namespace selfconnect
} // namespace tidy
} // namespace clang

#endif // SELFCONNECT_CHECKS_ANALYSIS_CODE_ACCESSPATH_H
