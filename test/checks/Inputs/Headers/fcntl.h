/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_FCNTL_H
#define MOCK_FCNTL_H

#include <begin_decls.h>
MOCK_BEGIN
#define F_GETFL 3
#define F_SETFL 4
#define O_NONBLOCK 04000
int fcntl(int fd, int command, ...);
MOCK_END

#endif
