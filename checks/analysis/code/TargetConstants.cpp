//===- TargetConstants.cpp - numbers of the target ------------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "TargetConstants.h"
#include "Statements.h"
#include "TranslationUnit.h"
#include "clang/Lex/MacroInfo.h"
#include "clang/Lex/Preprocessor.h"
#include <optional>

namespace clang {
namespace tidy {
namespace selfconnect {

static constexpr struct {
  const char *Name;
  int64_t TargetConstants::*Value;
} NamedConstants[] = {
    {"ECONNREFUSED", &TargetConstants::ConnectionRefused},
    {"EINPROGRESS", &TargetConstants::InProgress},
    {"AF_INET", &TargetConstants::Inet},
    {"AF_INET6", &TargetConstants::Inet6},
    {"SOCK_STREAM", &TargetConstants::Stream},
    {"SOCK_DGRAM", &TargetConstants::Datagram},
    {"SOCK_NONBLOCK", &TargetConstants::SocketNonblock},
    {"SOL_SOCKET", &TargetConstants::SocketLevel},
    {"SO_ERROR", &TargetConstants::SocketError},
    {"SO_REUSEADDR", &TargetConstants::ReuseAddress},
    {"O_NONBLOCK", &TargetConstants::OpenNonblock},
    {"F_SETFL", &TargetConstants::SetFlags},
    {"FIONBIO", &TargetConstants::SetNonblock},
};

/// How many macros lead from a name to its number: AF_INET, by way of PF_INET.
static constexpr int MaxMacroSteps = 4;

static std::optional<int64_t> readEnumerator(ASTContext &Context,
                                             IdentifierInfo &Name) {
  for (const NamedDecl *Found :
       Context.getTranslationUnitDecl()->lookup(DeclarationName(&Name)))
    if (const auto *Enumerator = dyn_cast<EnumConstantDecl>(Found))
      return toInt64(Enumerator->getInitVal());
  return std::nullopt;
}

/// The one token that a macro stands for, parentheses apart; null if it stands
/// for more, or for none.
static const Token *getOnlyToken(const MacroInfo &Macro) {
  unsigned Count = Macro.getNumTokens();
  if (Macro.isFunctionLike() || (Count != 1 && Count != 3))
    return nullptr;
  if (Count == 3 && (Macro.getReplacementToken(0).isNot(tok::l_paren) ||
                     Macro.getReplacementToken(2).isNot(tok::r_paren)))
    return nullptr;
  return &Macro.getReplacementToken(Count / 2);
}

static std::optional<int64_t> readNamed(ASTContext &Context,
                                        const Preprocessor &PP,
                                        llvm::StringRef Text) {
  IdentifierInfo *Name = PP.getIdentifierInfo(Text);
  for (int Step = 0; Step < MaxMacroSteps; ++Step) {
    const MacroInfo *Macro = PP.getMacroInfo(Name);
    if (!Macro)
      return readEnumerator(Context, *Name);
    const Token *Only = getOnlyToken(*Macro);
    if (!Only)
      return std::nullopt;
    IdentifierInfo *Next = Only->getIdentifierInfo();
    if (!Next) {
      int64_t Number = 0;
      if (Only->isNot(tok::numeric_constant) ||
          llvm::StringRef(PP.getSpelling(*Only)).getAsInteger(0, Number))
        return std::nullopt;
      return Number;
    }
    // `#define SOCK_STREAM SOCK_STREAM`, beside an enumerator of that name.
    if (Next == Name)
      return readEnumerator(Context, *Name);
    Name = Next;
  }
  return std::nullopt;
}

void TargetConstants::read(TranslationUnit &Unit, const Preprocessor &PP) {
  auto &Constants = Unit.memory<TargetConstants>();
  for (const auto &Named : NamedConstants)
    if (std::optional<int64_t> Number =
            readNamed(Unit.getContext(), PP, Named.Name))
      Constants.*Named.Value = *Number;
}

const TargetConstants &TargetConstants::of(TranslationUnit &Unit) {
  return Unit.memory<TargetConstants>();
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
