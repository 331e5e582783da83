//===- Inet6Address.cpp - the bytes of an IPv6 address --------------------===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Inet6Address.h"
#include "../values/Values.h"
#include "clang/AST/ASTContext.h"
#include "clang/Basic/TargetInfo.h"
#include <arpa/inet.h>

namespace clang {
namespace tidy {
namespace selfconnect {

bool writesElement(const Write &W) {
  return W.WriteKind == Write::Assign && !W.Target.steps().empty() &&
         W.Target.steps().back().StepKind == AccessPath::Step::Index;
}

/// Element Index of an array of Type is Value, or nobody knows what.
void Inet6Address::add(uint64_t Index, QualType Type,
                       std::optional<int64_t> Value) {
  IsWritten = true;
  const ASTContext &Context = Unit.getContext();
  uint64_t Size = Type->isIntegerType()
                      ? Context.getTypeSizeInChars(Type).getQuantity()
                      : 0;
  if (!Value || Size == 0 || Index >= Bytes.size() / Size) {
    IsUnknown = true;
    return;
  }
  bool Little = Context.getTargetInfo().isLittleEndian();
  for (uint64_t I = 0; I < Size; ++I) {
    uint64_t Shift = 8 * (Little ? I : Size - 1 - I);
    auto Byte = static_cast<uint8_t>(static_cast<uint64_t>(*Value) >> Shift);
    std::optional<uint8_t> &Known = Bytes[Index * Size + I];
    // Where two ways write something else, the address is not known.
    IsUnknown |= Known && *Known != Byte;
    Known = Byte;
  }
}

void Inet6Address::addList(const InitListExpr *List, Place At) {
  clear();
  QualType Type = Unit.getContext().getBaseElementType(List->getType());
  for (unsigned I = 0; I < List->getNumInits(); ++I)
    if (const Expr *Init = List->getInit(I))
      if (!isa<ImplicitValueInitExpr>(Init))
        add(I, Type, findIntValues(Unit, Init, At).single());
}

void Inet6Address::addElement(const Write &W, Place At) {
  const auto *Assign = dyn_cast<BinaryOperator>(W.Where);
  const auto *Element =
      Assign ? dyn_cast<ArraySubscriptExpr>(Assign->getLHS()->IgnoreParens())
             : nullptr;
  std::optional<int64_t> Value = findIntValues(Unit, W.Value, At).single();
  constexpr int64_t Unknown = -1;
  int64_t Index = Element ? findIntValues(Unit, Element->getIdx(), At)
                                .single()
                                .value_or(Unknown)
                          : Unknown;
  // `for (i = 0; i < 15; i++) a.s6_addr[i] = 0;` clears what it writes.
  if (Value == 0 && Index < 0) {
    IsWritten = true;
    return clear();
  }
  if (Index >= 0)
    return add(Index, Element->getType(), Value);
  IsWritten = true;
  IsUnknown = true;
}

std::optional<std::string> Inet6Address::getText() const {
  if (IsUnknown)
    return std::nullopt;
  in6_addr Address = {};
  for (size_t I = 0; I < Bytes.size(); ++I) {
    if (!Bytes[I] && !IsCleared)
      return std::nullopt;
    Address.s6_addr[I] = Bytes[I].value_or(0);
  }
  char Text[INET6_ADDRSTRLEN];
  if (!inet_ntop(AF_INET6, &Address, Text, sizeof(Text)))
    return std::nullopt;
  return Text;
}

} // namespace selfconnect
} // namespace tidy
} // namespace clang
