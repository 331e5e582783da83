# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   exits_with.py CODE COMMAND ARGS...
#
# Runs the command and succeeds if it ends with that exit code. With code 2 the
# command must also say why, in one line, and must not print a result.

import subprocess
import sys

code = int(sys.argv[1])
done = subprocess.run(sys.argv[2:], capture_output=True, timeout=400)
sys.stdout.buffer.write(done.stdout)
sys.stderr.buffer.write(done.stderr)
if done.returncode != code:
    sys.exit(f"exit code {done.returncode}, expected {code}")
if code == 2:
    lines = done.stderr.decode().splitlines()
    if len(lines) != 1 or not lines[0].startswith("selfconnect: error: "):
        sys.exit("not exactly one error line")
    if done.stdout:
        sys.exit("a result in spite of the error")
