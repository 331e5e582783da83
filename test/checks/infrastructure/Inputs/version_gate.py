# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""version_gate.py MODULE CLANG_TIDY...: each of them must refuse the module."""

import os
import re
import subprocess
import sys

module, programs = sys.argv[1], sys.argv[2:]
built_for = re.search(r"selfconnect-tidy-(\d+)", os.path.basename(module))[1]
source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "empty.c")

for program in programs:
    running = re.search(r"llvm-(\d+)", program)[1]
    uses = [["--list-checks"], [source, "--"]]
    if int(running) >= 15:  # 14 has no such option
        uses.append(["--verify-config"])
    for arguments in uses:
        command = [program, "-load=" + module, "-checks=-*,selfconnect-*"] + arguments
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        print(" ".join(command), "->", done.returncode, done.stderr, sep="\n")
        if done.returncode <= 0:
            sys.exit("must exit with an error")
        for major in (built_for, running):
            if not re.search(r"\b%s\b" % major, done.stderr):
                sys.exit("must name %s" % major)
