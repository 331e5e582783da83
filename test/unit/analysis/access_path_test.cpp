//===- access_path_test.cpp - which object an expression names ------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "code/AccessPath.h"
#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "clang/AST/Stmt.h"
#include "clang/Frontend/ASTUnit.h"
#include "clang/Tooling/Tooling.h"
#include <gtest/gtest.h>

using namespace clang;
using namespace clang::tidy::selfconnect;

namespace {

const char *const Prelude = R"(
struct In { int a; int b; };
struct S {
  int n; In in; In *to; int list[4];
  union { int first; int second; };
  union { int left; int right; } u;
  static int shared;
};
namespace std { template <class T> struct unique_ptr {
  T &operator*(); T *operator->(); T *get(); T *p; }; }
extern S g;
extern int f();
int *__errno_location();
)";

/// The expressions that stand as statements in a function.
class AccessPaths : public testing::Test {
protected:
  /// Reads the body of a function and the paths of its expression statements.
  std::vector<AccessPath> read(const std::string &Body) {
    Unit = tooling::buildASTFromCodeWithArgs(
        std::string(Prelude) +
            "void test(S s, S *p, S &r, std::unique_ptr<S> own, int *q) {\n" +
            Body + "\n}",
        {"-w"});
    EXPECT_TRUE(Unit && !Unit->getDiagnostics().hasErrorOccurred()) << Body;
    std::vector<AccessPath> Found;
    for (const Decl *D :
         Unit->getASTContext().getTranslationUnitDecl()->decls())
      if (const auto *Function = dyn_cast<FunctionDecl>(D))
        if (Function->getName() == "test")
          for (const Stmt *Child : Function->getBody()->children())
            if (const auto *E = dyn_cast<Expr>(Child))
              Found.push_back(getAccessPath(E, PointerAliases()));
    return Found;
  }

  AccessPath::Keeper Keeper;
  std::unique_ptr<ASTUnit> Unit;
};

TEST_F(AccessPaths, NamesOneObjectInEveryForm) {
  for (const char *Body :
       {"s.in.a; (s).in.a;", "p->n; (*p).n;", "p->to->a; (*p->to).a;",
        "own->n; (*own).n;", "own->n; own.get()->n;", "*q; *(int *)q;",
        "*&s; s;", "p->n; (p + 1)->n;", "s.n; ++s.n;", "s.n; s.n = 1;",
        "s.list[0]; s.list[f()];", "S::shared; s.shared;"}) {
    std::vector<AccessPath> Found = read(Body);
    ASSERT_EQ(Found.size(), 2u) << Body;
    EXPECT_TRUE(Found[0].isValid()) << Body;
    EXPECT_TRUE(Found[0] == Found[1]) << Body;
  }
}

TEST_F(AccessPaths, KeepsObjectsApart) {
  for (const char *Body :
       {"s.in.a; s.in.b;", "s.n; p->n;", "s.n; g.n;", "*q; q;", "p->to; p->in;",
        "s; s.n;", "s.list; s.list[0];"}) {
    std::vector<AccessPath> Found = read(Body);
    ASSERT_EQ(Found.size(), 2u) << Body;
    EXPECT_TRUE(Found[0].isValid() && Found[1].isValid()) << Body;
    EXPECT_TRUE(Found[0] != Found[1]) << Body;
  }
}

TEST_F(AccessPaths, TakesTheMembersOfAUnionForOne) {
  std::vector<AccessPath> Found =
      read("s.u.left; s.u.right; s.first; s.second;");
  ASSERT_EQ(Found.size(), 4u);
  EXPECT_TRUE(Found[0] == Found[1]);
  EXPECT_TRUE(Found[2] == Found[3]);
  EXPECT_TRUE(Found[0] != Found[2]);
}

TEST_F(AccessPaths, TellsPartsFromNeighbours) {
  std::vector<AccessPath> Found = read("s; s.in; s.in.a; s.in.b; p->in.a; p;");
  ASSERT_EQ(Found.size(), 6u);
  EXPECT_TRUE(Found[0].contains(Found[2]) && Found[1].contains(Found[2]));
  EXPECT_FALSE(Found[2].contains(Found[1]));
  EXPECT_TRUE(Found[2].overlaps(Found[0]) && Found[0].overlaps(Found[2]));
  EXPECT_FALSE(Found[2].overlaps(Found[3]));
  EXPECT_FALSE(Found[2].overlaps(Found[4]));
  // What lies behind a pointer is named from it.
  EXPECT_TRUE(Found[5].contains(Found[4]));
  EXPECT_TRUE(Found[0].contains(Found[0]));
}

TEST_F(AccessPaths, GoesBackStepByStep) {
  std::vector<AccessPath> Found = read("p->to->a; p;");
  ASSERT_EQ(Found.size(), 2u);
  AccessPath Path = Found[0];
  EXPECT_EQ(Path.steps().size(), 4u);
  for (unsigned Left = 4; Left > 0; --Left) {
    EXPECT_TRUE(Path.withoutLastStep().withStep(Path.steps().back()) == Path);
    Path = Path.withoutLastStep();
  }
  EXPECT_TRUE(Path == Found[1]);
  EXPECT_TRUE(Path.withoutLastStep() == Path);
}

TEST_F(AccessPaths, HasNoNameForWhatACallGives) {
  std::vector<AccessPath> Found = read("f(); s.n + 1; 1; *__errno_location();");
  ASSERT_EQ(Found.size(), 4u);
  for (unsigned I = 0; I < 3; ++I)
    EXPECT_FALSE(Found[I].isValid()) << I;
  EXPECT_TRUE(Found[3].isErrno());
  EXPECT_TRUE(Found[3] == AccessPath::errnoPath());
  EXPECT_FALSE(AccessPath().isValid());
  EXPECT_FALSE(AccessPath().pointee().isValid());
  EXPECT_FALSE(AccessPath().contains(AccessPath()));
}

TEST_F(AccessPaths, FollowsAliases) {
  Unit = tooling::buildASTFromCodeWithArgs(
      "struct S { int n; }; void test(S s) "
      "{ S *p = &s; S &r = s; p->n; r.n; s.n; }",
      {"-w"});
  ASSERT_TRUE(Unit);
  PointerAliases Aliases;
  std::vector<AccessPath> Found;
  for (const Decl *D : Unit->getASTContext().getTranslationUnitDecl()->decls())
    if (const auto *Function = dyn_cast<FunctionDecl>(D))
      for (const Stmt *Child : Function->getBody()->children()) {
        if (const auto *Declared = dyn_cast<DeclStmt>(Child))
          Aliases[cast<VarDecl>(Declared->getSingleDecl())] =
              AccessPath(Function->getParamDecl(0));
        else if (const auto *E = dyn_cast<Expr>(Child))
          Found.push_back(getAccessPath(E, Aliases));
      }
  ASSERT_EQ(Found.size(), 3u);
  EXPECT_TRUE(Found[0] == Found[2]);
  EXPECT_TRUE(Found[1] == Found[2]);
}

} // namespace
