#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""silent_packages.py FINDINGS SOURCES_DIR NAME...: prints those packages, a line each,
in whose source below SOURCES_DIR/NAME no check of ours found anything. FINDINGS is the
YAML of a scan."""

import os
import re
import sys

findings, sources_dir = sys.argv[1:3]
with open(findings, encoding="utf-8", errors="replace") as file:
    diagnostics = re.split(r"^ *- (?=DiagnosticName:)", file.read(), flags=re.M)
ours = [text for text in diagnostics
        if re.match(r"DiagnosticName: +['\"]?selfconnect-", text)]


def is_silent(name):
    # Below the folder itself: "nbd" is no "nbdkit". A path may be relative to the
    # folder that the compiler ran in.
    folder = re.escape(os.path.join(os.path.abspath(sources_dir), name))
    place = re.compile(r"(FilePath|BuildDirectory): +['\"]?%s(/|['\"]?$)" % folder, re.M)
    return not any(place.search(text) for text in ours)


print("".join(name + "\n" for name in sys.argv[3:] if is_silent(name)), end="")
