//===- evidence.h - what a self-connected socket shows ----------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_REPRODUCE_EVIDENCE_H
#define SELFCONNECT_REPRODUCE_EVIDENCE_H

#include "selfconnect/reproduce.h"

namespace selfconnect::detail {

/// All that the open socket shows, the server's bind() included.
Evidence inspect(int fd);

/// The inverse of toJson(const Evidence &).
Evidence evidenceFromJson(const nlohmann::ordered_json &json);

} // namespace selfconnect::detail

#endif // SELFCONNECT_REPRODUCE_EVIDENCE_H
