# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""same.py OURS -- THEIRS... -- ARGUMENTS...

Runs selfconnect-clang-tidy and clang-tidy with the same arguments. Exit code,
output and messages must be the same, the program's own name apart. Prints what
both print.
"""

import difflib
import os
import re
import subprocess
import sys

words = sys.argv[1:]
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
    return done.returncode, output, done.stderr


mine, stock = run([ours]), run(theirs)
for what, left, right in zip(("exit code", "output", "messages"), mine, stock):
    if left != right:
        lines = [str(each).splitlines() for each in (right, left)]
        difference = difflib.unified_diff(*lines, "clang-tidy", "ours", n=1, lineterm="")
        sys.exit("%s differ\n%s" % (what, "\n".join(difference)))
print(mine[1])
sys.exit(mine[0])
