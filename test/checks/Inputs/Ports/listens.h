// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#ifndef LISTENS_H
#define LISTENS_H

static inline int listen_in_header(int fd, struct sockaddr_in *address) {
  address->sin_port = htons(33342);
  bind(fd, (struct sockaddr *)address, sizeof *address);
  return listen(fd, 1);
}

#endif
