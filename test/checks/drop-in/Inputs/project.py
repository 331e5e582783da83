# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""project.py SELFCONNECT_CLANG_TIDY RUN_CLANG_TIDY TEMP GUARD_INCLUDE

Uses selfconnect-clang-tidy in clang-tidy's place, as a project does.
"""

import json
import os
import re
import shutil
import subprocess
import sys

tidy, run_clang_tidy, temp, guard_include = sys.argv[1:]
folder = os.path.realpath(temp)
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(folder)

# One finding of ours, one of clang-tidy's own. 45678 is in the range of Linux
# and not in that of IANA. <stddef.h> is a header of the compiler.
CLIENT = """\
#include <arpa/inet.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>

double half(void) { return 1 / 2; }
size_t size = sizeof(struct sockaddr_in);

int dial(void) {
  struct sockaddr_in there = {0};
  there.sin_family = AF_INET;
  there.sin_port = htons(45678);
  there.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof(there)) == 0)
      return fd;
    close(fd);
  }
}
"""
OURS, THEIRS = "selfconnect-retry-loop", "bugprone-integer-division"
CHECKS = "Checks: '-*,bugprone-integer-division,selfconnect-*'\n"
IANA = "CheckOptions:\n- {key: selfconnect-retry-loop.EphemeralRange, value: iana}\n"


def write(name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def run(*command, code=0):
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    if done.returncode != code:
        sys.exit("%s\n%s\nexit code %d" % (" ".join(command), done.stdout, done.returncode))
    # run-clang-tidy of LLVM 14 always asks for colours.
    return re.sub(r"\x1b\[[\d;]*m", "", done.stdout)


def expect(checks, output):
    found = sorted(re.findall(r"warning: .*\[([\w-]+)\]$", output, re.M))
    assert found == sorted(checks), "expected %s\n%s" % (checks, output)


client = write("client.c", CLIENT)
command = ["cc", "-I" + guard_include, "-c", client]
write(
    "compile_commands.json",
    json.dumps([{"directory": folder, "file": client, "arguments": command}]),
)

# A project's settings.
write(".clang-tidy", CHECKS)
expect([OURS, THEIRS], run(tidy, "client.c"))
write(".clang-tidy", CHECKS + IANA)
expect([THEIRS], run(tidy, "client.c"))
write(".clang-tidy", CHECKS)

# run-clang-tidy of LLVM 14 cannot load a module: this is the way there.
arguments = ("-clang-tidy-binary", tidy, "-p", folder, "-quiet")
script = (sys.executable, run_clang_tidy)
expect([OURS, THEIRS], run(*script, *arguments))
expect([OURS], run(*script, *arguments, "-checks=-bugprone-*"))

# A -resource-dir of the user's own is used, wherever it is given.
write("resources/include/stddef.h", "#error the user's own\n")
option = "-resource-dir=" + os.path.join(folder, "resources")
for given in ("--extra-arg=", "--extra-arg-before="):
    output = run(tidy, given + option, "client.c", code=1)
    assert "the user's own" in output, output
write(
    "own/compile_commands.json",
    json.dumps([{"directory": folder, "file": client, "arguments": command + [option]}]),
)
output = run(tidy, "-p", os.path.join(folder, "own"), "client.c", code=1)
assert "the user's own" in output, output

# --fix mends the loop, and nothing else; then there is nothing to say.
run(tidy, "--fix", "client.c")
expected = CLIENT.replace("if (connect(", "if (selfconnect_connect(")
expected = expected.replace("<unistd.h>\n", "<unistd.h>\n#include <selfconnect/guard.h>\n")
assert read(client) == expected, read(client)
expect([THEIRS], run(tidy, "client.c"))
run("cc", "-fsyntax-only", "-Wall", "-Werror", "-I" + guard_include, client)
