# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   exec_ends.py SELFCONNECT
#
# Reads lines of steps for self_connect.py, runs each under `selfconnect exec`, and
# prints after the steps: the exit code, the outcome and, of each socket, how it
# ended and what came of it. Fails where a connection to itself went unseen.

import json
import os
import subprocess
import sys

selfconnect = sys.argv[1]
program = os.path.join(os.path.dirname(__file__), "self_connect.py")

for line in sys.stdin:
    steps = line.split()
    command = [selfconnect, "exec", "33334", "--json", "--"]
    run = subprocess.run(
        command + [sys.executable, program, "33334"] + steps,
        stdout=subprocess.PIPE,
        timeout=60,
    )
    report = json.loads(run.stdout)
    sockets = [each for process in report["processes"] for each in process["sockets"]]
    if report["unseen"] != 0:
        sys.exit(f"{steps}: {report['unseen']} unseen")
    told = [f"{each['end']}, {each['reason']}" for each in sockets]
    print(" ".join(steps) + ":", run.returncode, report["outcome"] + ";", "; ".join(told))
