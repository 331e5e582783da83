#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a compilation database of the sources in a folder.

    project.py DIR [FLAG...]    DIR/build/compile_commands.json of DIR/*.c*
"""

import json
import os
import sys

top = os.path.abspath(sys.argv[1])
build = os.path.join(top, "build")
os.makedirs(build, exist_ok=True)
entries = [
    {"directory": build, "file": "../" + name, "arguments": ["cc"] + sys.argv[2:] + ["-c", "../" + name]}
    for name in sorted(os.listdir(top))
    if name.endswith((".c", ".cpp"))
]
with open(os.path.join(build, "compile_commands.json"), "w") as file:
    json.dump(entries, file, indent=1)
