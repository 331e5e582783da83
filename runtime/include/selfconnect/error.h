//===- error.h - what ends a run, by exit code ------------------*- C++ -*-===//
//
// Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef SELFCONNECT_ERROR_H
#define SELFCONNECT_ERROR_H

#include <stdexcept>

namespace selfconnect {

/// The user's input cannot be used (exit code 2): what() is one line that names
/// the input, and what to write instead.
class InputError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

/// The environment does not permit the run (exit code 3): what() is one line
/// that names the step, the object, the reason and what to do.
class EnvironmentError : public std::runtime_error {
public:
  using std::runtime_error::runtime_error;
};

} // namespace selfconnect

#endif // SELFCONNECT_ERROR_H
