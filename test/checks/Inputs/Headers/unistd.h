/* SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */
#ifndef MOCK_UNISTD_H
#define MOCK_UNISTD_H

#include <begin_decls.h>
#include <sys/types.h>
MOCK_BEGIN
int close(int fd);
unsigned int sleep(unsigned int seconds);
int usleep(unsigned int microseconds);
ssize_t read(int fd, void *data, size_t size);
ssize_t write(int fd, const void *data, size_t size);
void _exit(int status) __attribute__((noreturn));
#define TEMP_FAILURE_RETRY(expression)                                         \
  (__extension__({                                                             \
    long int mock_result;                                                      \
    do                                                                         \
      mock_result = (long int)(expression);                                    \
    while (mock_result == -1L && errno == EINTR);                              \
    mock_result;                                                               \
  }))
MOCK_END

#endif
