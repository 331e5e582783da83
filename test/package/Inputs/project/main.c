// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "dial.h"

#include <unistd.h>

int main(void) {
  int fd;
  while ((fd = dial("127.0.0.1", 33334)) < 0)
    sleep(1);
  return write(fd, "hello", 5) == 5 ? 0 : 1;
}
