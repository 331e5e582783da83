/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_STDDEF_H
#define MOCK_STDDEF_H

typedef __SIZE_TYPE__ size_t;
#undef NULL
#ifdef __cplusplus
#define NULL __null
#else
#define NULL ((void *)0)
#endif

#endif
