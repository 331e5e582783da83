/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_STRING_H
#define MOCK_STRING_H

#include <begin_decls.h>
#include <stddef.h>
MOCK_BEGIN
void *memset(void *to, int value, size_t size) MOCK_NOTHROW;
void *memcpy(void *to, const void *from, size_t size) MOCK_NOTHROW;
int memcmp(const void *a, const void *b, size_t size) MOCK_NOTHROW;
int strcmp(const char *a, const char *b) MOCK_NOTHROW;
char *strncpy(char *to, const char *from, size_t size) MOCK_NOTHROW;
char *strerror(int code) MOCK_NOTHROW;
void bzero(void *to, size_t size) MOCK_NOTHROW;
MOCK_END

#endif
