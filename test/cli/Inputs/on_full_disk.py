# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""on_full_disk.py COMMAND ARGS...: standard output cannot be written, and the
command says so in one line, exit code 3."""

import subprocess
import sys

with open("/dev/full", "w") as full:
    done = subprocess.run(sys.argv[1:], stdout=full, stderr=subprocess.PIPE, text=True, timeout=400)
expected = "selfconnect: error: write the result: standard output: No space left on device\n"
if done.returncode != 3 or done.stderr != expected:
    sys.exit(f"exit code {done.returncode}, {done.stderr!r}")
