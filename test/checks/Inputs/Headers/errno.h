/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_ERRNO_H
#define MOCK_ERRNO_H

#include <begin_decls.h>
MOCK_BEGIN
extern int *__errno_location(void) MOCK_NOTHROW __attribute__((const));
MOCK_END
#define errno (*__errno_location())
#define EINTR 4
#define EAGAIN 11
#define EWOULDBLOCK EAGAIN
#define EADDRINUSE 98
#define EADDRNOTAVAIL 99
#define ENETUNREACH 101
#define EISCONN 106
#define ETIMEDOUT 110
#define ECONNREFUSED 111
#define EALREADY 114
#define EINPROGRESS 115

#endif
