// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include <unistd.h>

int dial(int port);

int main(void) {
  int fd;
  while ((fd = dial(33334)) < 0)
    sleep(1);
  return close(fd);
}
