/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_TIME_H
#define MOCK_TIME_H

#include <begin_decls.h>
MOCK_BEGIN
typedef long time_t;
struct timespec {
  time_t tv_sec;
  long tv_nsec;
};
time_t time(time_t *result) MOCK_NOTHROW;
int nanosleep(const struct timespec *request, struct timespec *remaining);
MOCK_END

#endif
