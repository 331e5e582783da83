# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""closed_output.py COMMAND ARGS...: what the command does without standard output,
and where nobody reads it."""

import os
import signal
import subprocess
import sys

command = sys.argv[1:]


def run(prepare, restore_signals=True):
    return subprocess.run(
        command,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,
        restore_signals=restore_signals,
    )


def to_nobody():
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


closed = run(lambda: os.close(1))
assert closed.returncode == 3, closed
assert closed.stderr == (
    "selfconnect: error: write the result: standard output: Bad file descriptor\n"
), closed

ended = run(to_nobody)
assert ended.returncode == -signal.SIGPIPE and not ended.stderr, ended

# Python ignores SIGPIPE, and hands that down.
quiet = run(to_nobody, restore_signals=False)
assert quiet.returncode == 0 and not quiet.stderr, quiet
