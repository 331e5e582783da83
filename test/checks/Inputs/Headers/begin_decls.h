/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_BEGIN_DECLS_H
#define MOCK_BEGIN_DECLS_H

#ifdef __cplusplus
#define MOCK_BEGIN extern "C" {
#define MOCK_END }
#define MOCK_NOTHROW noexcept(true)
#else
#define MOCK_BEGIN
#define MOCK_END
#define MOCK_NOTHROW
#endif

#endif
