/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_STDLIB_H
#define MOCK_STDLIB_H

#include <begin_decls.h>
#include <stddef.h>
MOCK_BEGIN
void *malloc(size_t size) MOCK_NOTHROW;
void *calloc(size_t count, size_t size) MOCK_NOTHROW;
void free(void *pointer) MOCK_NOTHROW;
int atoi(const char *text) MOCK_NOTHROW;
int rand(void) MOCK_NOTHROW;
char *getenv(const char *name) MOCK_NOTHROW;
void exit(int status) MOCK_NOTHROW __attribute__((noreturn));
void abort(void) MOCK_NOTHROW __attribute__((noreturn));
MOCK_END

#endif
