# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The programs that the tests type into the editor."""

# %s is the line that a client without the bug has more than one with it.
CLIENT = """\
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void) {
  struct sockaddr_in there = {0};
  there.sin_family = AF_INET;
  there.sin_port = htons(45678);
  inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof(there)) == 0)
      return 0;
    close(fd);%s
  }
}
"""

BUG = CLIENT % ""
NO_RETRY = CLIENT % "\n    return 1;"
CALL = "connect(fd, (struct sockaddr *)&there, sizeof(there))"
