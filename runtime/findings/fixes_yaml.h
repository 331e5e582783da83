//===- fixes_yaml.h - the YAML of clang-tidy -export-fixes ------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_FINDINGS_FIXES_YAML_H
#define SELFCONNECT_FINDINGS_FIXES_YAML_H

#include "diagnostic.h"
#include "input_file.h"

namespace selfconnect {

/// Reads the file of one clang-tidy run, the merged file of run-clang-tidy, or
/// several of them one after the other. Throws InputError.
OtherDiagnostics readFixesYaml(InputFile &input, const TakeDiagnostic &take);

} // namespace selfconnect

#endif // SELFCONNECT_FINDINGS_FIXES_YAML_H
