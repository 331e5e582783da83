#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Applies every fix that selfconnect-retry-loop offers in one source file, then
compiles the result against the real guard.h and runs the check again: of the
warnings, those with a fix are gone, and nothing new has come.

    apply_fixes.py CLANG-TIDY MODULE SOURCE FIXED COMPILER [compiler arguments]

Prints how many warnings there were, how many were fixed and how many are left.
"""

import re
import subprocess
import sys

WARNING = re.compile(r"warning: .*\[selfconnect-retry-loop\]$", re.MULTILINE)
APPLIED = re.compile(r"note: FIX-IT applied suggested code changes")
GUARDED_CALL = re.compile(r"\bselfconnect_connect\b")
INCLUDE = re.compile(r"^#include <selfconnect/guard\.h>$", re.MULTILINE)


def fail(text):
    sys.exit("apply_fixes.py: " + text)


def tidy(program, module, source, arguments, *options):
    done = subprocess.run(
        [program, "-load=" + module, "--checks=-*,selfconnect-retry-loop",
         "--config={}", *options, source, "--", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True,
    )
    if done.returncode:
        fail("clang-tidy exited with %d:\n%s" % (done.returncode, done.stdout))
    return done.stdout


def main():
    program, module, source, fixed, compiler, *arguments = sys.argv[1:]
    # What the test expects must not look like what was done.
    with open(source, encoding="utf-8") as file:
        text = re.sub(r"// *(CHECK|RUN)[^\n]*", "//", file.read())
    with open(fixed, "w", encoding="utf-8") as file:
        file.write(text)
    before = tidy(program, module, fixed, arguments, "--fix")
    warnings = len(WARNING.findall(before))
    with open(fixed, encoding="utf-8") as file:
        text = file.read()
    calls = len(GUARDED_CALL.findall(text))
    if calls and len(INCLUDE.findall(text)) != 1:
        fail("the include is not there once")
    if bool(calls) != bool(APPLIED.search(before)):
        fail("fixes were offered and not applied, or the other way round")

    compiled = subprocess.run(
        [compiler, "-fsyntax-only", "-Wall", "-Wextra", "-Werror", *arguments, fixed],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, text=True,
    )
    if compiled.returncode:
        fail("the fixed file does not compile:\n" + compiled.stdout)

    after = tidy(program, module, fixed, arguments)
    left = len(WARNING.findall(after))
    if left != warnings - calls:
        fail("%d warnings, %d fixes, but %d left:\n%s" % (warnings, calls, left, after))
    print("%d warnings, %d fixed, %d left" % (warnings, calls, left))


if __name__ == "__main__":
    main()
