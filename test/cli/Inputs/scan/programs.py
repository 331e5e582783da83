#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a project of forty programs that each define die(). Two of them retry, and p7
calls it in between.

    programs.py DIR
"""

import json
import os
import sys

top = os.path.abspath(sys.argv[1])
entries = []


def add(name, text):
    path = os.path.join(top, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    entries.append({"directory": top, "file": name, "arguments": ["cc", "-c", name]})


for number in range(40):
    add("p%d/die.c" % number,
        "void exit(int) __attribute__((noreturn));\nvoid die(void) { exit(1); }\n")
for number in (3, 7):
    add(
        "p%d/main.c" % number,
        """#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>
void die(void);
int main(void) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(40404)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
      return 0;
    close(fd);
    %s
  }
}
""" % ("die();" if number == 7 else ""),
    )
os.makedirs(os.path.join(top, "build"))
with open(os.path.join(top, "build", "compile_commands.json"), "w") as file:
    json.dump(entries, file, indent=1)
