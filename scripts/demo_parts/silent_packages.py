#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""silent_packages.py FINDINGS_DIR SOURCES_DIR NAME...: prints those packages, a
line each, in whose source below SOURCES_DIR/NAME no check of ours found anything.
FINDINGS_DIR has the fixes YAML of each file."""

import glob
import os
import re
import sys

findings_dir, sources_dir = sys.argv[1:3]
texts = []
for path in glob.glob(os.path.join(findings_dir, "*.yaml")):
    with open(path, encoding="utf-8", errors="replace") as file:
        texts.append(file.read())


def is_silent(name):
    # Below the folder itself: "nbd" is no "nbdkit".
    folder = os.path.join(os.path.abspath(sources_dir), name) + os.sep
    source = re.compile(r"^MainSourceFile: +['\"]?" + re.escape(folder), re.M)
    ours = re.compile(r"^ +- DiagnosticName: +['\"]?selfconnect-", re.M)
    return not any(source.search(text) and ours.search(text) for text in texts)


print("".join(name + "\n" for name in sys.argv[3:] if is_silent(name)), end="")
