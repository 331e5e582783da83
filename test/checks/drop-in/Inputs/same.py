# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""same.py [--exit=CODE] OURS -- THEIRS... -- ARGUMENTS...

Runs selfconnect-clang-tidy and clang-tidy with the same arguments. Exit code,
output and messages must be the same, the program's own name apart, and the exit
code CODE, or 0. Prints what both print.
"""

import difflib
import os
import re
import subprocess
import sys

words = sys.argv[1:]
expected = int(words.pop(0).partition("=")[2]) if words[0].startswith("--exit=") else 0
ours = words[0]
second = words.index("--", 2)
theirs, arguments = words[2:second], words[second + 1 :]


def run(command):
    done = subprocess.run(command + arguments, capture_output=True, text=True, check=False)
    # Both are called by a full path, of which --help shows the last part.
    name = os.path.basename(command[0])
    output = done.stdout.replace("USAGE: " + name, "USAGE: NAME")
    if "--dump-config" in arguments:
        # Older versions list the options in the order of a hash table: 14 as a
        # list of keys and values, later ones as a map.
        output = "".join(sorted(re.split(r"(?m)^(?=  \S)", output.replace("\n...\n", "\n"))))
    # What is said of an unknown option begins with the name.
    messages = re.sub(
        r"(?<![\w-])%s(?=: | --help)" % re.escape(name),
        "NAME",
        done.stderr.replace(command[0], name),
    )
    return done.returncode, output, messages


mine, stock = run([ours]), run(theirs)
for what, left, right in zip(("exit code", "output", "messages"), mine, stock):
    if left != right:
        lines = [str(each).splitlines() for each in (right, left)]
        difference = difflib.unified_diff(*lines, "clang-tidy", "ours", n=1, lineterm="")
        sys.exit("%s differ\n%s" % (what, "\n".join(difference)))
print(mine[1])
if mine[0] != expected:
    sys.exit("exit code %d, expected %d\n%s" % (mine[0], expected, mine[2]))
