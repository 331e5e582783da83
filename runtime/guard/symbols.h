/*===- symbols.h - the names of a program's own functions ------*- C -*-===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#ifndef SELFCONNECT_GUARD_SYMBOLS_H
#define SELFCONNECT_GUARD_SYMBOLS_H

#include <stddef.h>
#include <stdint.h>

/** The function at `offset` from where the ELF file is loaded, by its symbol
    table, which knows more than the dynamic loader: functions that are static,
    or not exported. Allocates nothing.
    \returns the offset within the function, or -1 where it is not known. */
long findFunction(const char *file, uintptr_t offset, char *name, size_t size);

#endif /* SELFCONNECT_GUARD_SYMBOLS_H */
