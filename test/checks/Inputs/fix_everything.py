#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs apply_fixes.py over every test file of selfconnect-retry-loop.

    fix_everything.py TESTS OUT GUARD_INCLUDE APPLY_FIXES...

Prints how many files there are and how many calls were fixed in them.
"""

import glob
import os
import re
import subprocess
import sys


def main():
    tests, out, guard, *apply = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    files = fixed = 0
    for source in sorted(glob.glob(os.path.join(tests, "retry-loop-*.c*"))):
        compiler = (["c++", "-std=gnu++20", "-fpermissive"] if source.endswith(".cpp")
                    else ["cc", "-std=gnu11", "-D_GNU_SOURCE"])
        # The tests are not written to be free of other warnings.
        done = subprocess.run(
            [*apply, source, os.path.join(out, os.path.basename(source)),
             *compiler, "-w", "-I", guard],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True,
        )
        told = re.search(r"(\d+) warnings, (\d+) fixed, \d+ left", done.stdout)
        if done.returncode or not told:
            sys.exit("fix_everything.py: %s: %s" % (source, done.stdout))
        files += 1
        fixed += int(told.group(2))
    print("%d files, %d fixed" % (files, fixed))


if __name__ == "__main__":
    main()
