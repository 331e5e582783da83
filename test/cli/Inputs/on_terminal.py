# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""on_terminal.py [NAME=VALUE...] COMMAND...: runs a command whose output and messages
go to a terminal, with those variables in its environment, and prints what came there:
ESC as \\e, a carriage return as the end of a line. Its exit code is the command's."""

import os
import pty
import sys

words = sys.argv[1:]
while "=" in words[0] and not words[0].startswith("/"):
    name, _, value = words.pop(0).partition("=")
    os.environ[name] = value
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(words[0], words)
seen = b""
while True:
    try:
        piece = os.read(terminal, 65536)
    except OSError:  # as the other end closes
        break
    if not piece:
        break
    seen += piece
status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
text = seen.decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
print(text.replace("\x1b", "\\e"))
sys.exit(status)
