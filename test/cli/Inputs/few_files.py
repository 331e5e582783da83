# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""few_files.py SELFCONNECT: runs commands that may have fewer and fewer files
open. Each either does its work or ends with exit code 3 and one line that names
the limit, and both come up."""

import resource
import subprocess
import sys

COMMANDS = (
    ["reproduce", "127.0.0.1:33334", "--range=linux", "--method=forced"],
    ["reproduce", "127.0.0.1:33334", "--range=linux", "--method=forced", "--trials=2"],
    ["explain"],
    ["exec", "33334", "--", "true"],
)


def run(command, files):
    done = subprocess.run(
        [sys.argv[1]] + command,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (files, files)),
    )
    lines = done.stderr.splitlines()
    where = (command, files, done)
    if done.returncode == 0:
        assert done.stdout and not lines, where
    else:
        assert done.returncode == 3 and not done.stdout, where
        assert len(lines) == 1 and lines[0].startswith("selfconnect: error: "), where
        assert "Too many open files; raise the limit of open files (ulimit -n)" in lines[0], where
    return done.returncode


for each in COMMANDS:
    # Below, the program does not even start: its libraries are files, too.
    ends = [run(each, files) for files in range(4, 24)]
    assert 3 in ends and ends[-1] == 0, (each, ends)
    assert ends == sorted(ends, reverse=True), (each, ends)  # more files never harm
