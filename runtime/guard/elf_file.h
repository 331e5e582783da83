/*===- elf_file.h - what a program file is -----------------------*- C -*-===*\
|*
|* Part of selfconnect, under the Apache License v2.0 with LLVM Exceptions.
|* See LICENSE for license information.
|* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
|*
\*===----------------------------------------------------------------------===*/

#ifndef SELFCONNECT_GUARD_ELF_FILE_H
#define SELFCONNECT_GUARD_ELF_FILE_H

#ifdef __cplusplus
extern "C" {
#endif

enum ProgramKind {
  ProgramGuarded, /**< or a script, or another machine's, or not there */
  ProgramStatic,  /**< loads no libraries */
  ProgramGo       /**< makes its system calls itself, static or not */
};

/** Allocates nothing; safe in a signal handler. */
enum ProgramKind kindOfProgram(const char *path);

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* SELFCONNECT_GUARD_ELF_FILE_H */
