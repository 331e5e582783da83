/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#include <begin_decls.h>
#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
MOCK_BEGIN
extern void __assert_fail(const char *text, const char *file, unsigned line,
                          const char *function) MOCK_NOTHROW
    __attribute__((noreturn));
MOCK_END
#define assert(expression)                                                     \
  ((expression) ? (void)0                                                      \
                : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
