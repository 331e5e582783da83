# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""projects.py BUILD FOLDER: three projects with the same bug. `flags` tells clangd how
to compile by .clangd, `database` by compile_commands.json; in `across` the connect() is
in another file, of which a scan has written a summary."""

import json
import os
import subprocess
import sys

build, folder = map(os.path.abspath, sys.argv[1:])
include = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../runtime/include")
include = os.path.normpath(include)

LOOP = """#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int dial(void) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(33334)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
      return fd;
    close(fd);
    sleep(1);
  }
}
"""
DIAL = """#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

int dial(int port) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(port)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&addr, sizeof addr) == 0)
    return fd;
  close(fd);
  return -1;
}
"""
MAIN = """#include <unistd.h>

int dial(int port);

int main(void) {
  int fd;
  while ((fd = dial(33334)) < 0)
    sleep(1);
  return close(fd);
}
"""


def write(project, name, text):
    path = os.path.join(folder, project, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def write_database(project, *names):
    where = os.path.join(folder, project)
    write(project, "compile_commands.json", json.dumps(
        [{"directory": where, "file": name, "arguments": ["cc", "-O2", "-I" + include, "-c", name]}
         for name in names]))


write("flags", "client.c", LOOP)
write("flags", ".clangd", "CompileFlags:\n  Add: [-I%s]\n" % include)
write("database", "client.c", LOOP)
write_database("database", "client.c")
write("across", "dial.c", DIAL)
write("across", "main.c", MAIN)
write_database("across", "dial.c", "main.c")
write("across", ".clang-tidy", "CheckOptions:\n  - { key: SummaryDir, value: .selfconnect }\n")
done = subprocess.run([build + "/bin/selfconnect", "scan", "-p", folder + "/across", "--no-confirm",
                       "--config={}", "--summaries=" + folder + "/across/.selfconnect"],
                      capture_output=True, text=True)
assert done.returncode == 1, done.stderr
