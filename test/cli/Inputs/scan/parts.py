#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Makes a project of a file that has its parts behind lines `//--- NAME`.

    parts.py FILE DIR    DIR with the parts and build/compile_commands.json
"""

import json
import os
import re
import shutil
import sys

source, top = sys.argv[1], os.path.abspath(sys.argv[2])
shutil.rmtree(top, ignore_errors=True)
build = os.path.join(top, "build")
os.makedirs(build)

parts = {}
lines = None
for line in open(source):
    head = re.match(r"//--- (\S+)$", line)
    if head:
        lines = parts[head[1]] = []
    elif lines is not None:
        lines.append(line)

entries = []
for name, lines in parts.items():
    path = os.path.join(top, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.writelines(lines)
    # What another file includes is no unit of its own.
    if name.endswith((".c", ".cpp")) and not name.startswith("part/"):
        compiler = "c++" if name.endswith(".cpp") else "cc"
        command = "%s -O2 -c ../%s" % (compiler, name)
        entries.append({"directory": build, "file": "../" + name, "command": command})
with open(os.path.join(build, "compile_commands.json"), "w") as file:
    json.dump(entries, file, indent=1)
