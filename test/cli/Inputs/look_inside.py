# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs `PROGRAM reproduce --hold`, does what it says to look at the socket,
presses Enter, and prints what both said."""

import subprocess
import sys

command = subprocess.Popen(
    [sys.argv[1], "reproduce", "127.0.0.1:33334", "--range=linux", "--method=forced", "--hold"],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    stderr=subprocess.PIPE,
    text=True,
)
look = ""
for line in command.stderr:
    if line.startswith("look at it: "):
        look = line.partition(": ")[2]
    if line.startswith("Enter"):
        break
print(subprocess.run(look, shell=True, check=True, capture_output=True, text=True).stdout)
print(command.communicate("\n")[0])
sys.exit(command.returncode)
