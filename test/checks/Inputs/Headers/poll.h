/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_POLL_H
#define MOCK_POLL_H

#include <begin_decls.h>
MOCK_BEGIN
struct pollfd {
  int fd;
  short events;
  short revents;
};
#define POLLIN 1
#define POLLOUT 4
int poll(struct pollfd *fds, unsigned long count, int timeout);
MOCK_END

#endif
