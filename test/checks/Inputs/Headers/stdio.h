/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_STDIO_H
#define MOCK_STDIO_H

#include <begin_decls.h>
#include <stddef.h>
MOCK_BEGIN
typedef struct mock_file FILE;
extern FILE *stdout;
extern FILE *stderr;
int printf(const char *format, ...);
int snprintf(char *, size_t, const char *, ...);
int fprintf(FILE *file, const char *format, ...);
int fflush(FILE *file);
int getchar(void);
void perror(const char *text);
MOCK_END

#endif
