/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_SYS_TYPES_H
#define MOCK_SYS_TYPES_H

#include <stddef.h>
typedef long ssize_t;
typedef unsigned int socklen_t;

#endif
