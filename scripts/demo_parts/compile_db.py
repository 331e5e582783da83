#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes compile_commands.json for unpacked Debian sources.

    compile_db.py --list FIELD packages.json  that field of each, a line each
    compile_db.py packages.json WORK NAME...  database of WORK/src/NAME...

The files chosen compile with plain flags. Where one includes a header that the
package's configure would write, `configure` in packages.json names it and the
macros to define in it: it is made from its template HEADER.in, or empty.
`needs` are the development packages that the files include headers of.
"""

import json
import os
import re
import shlex
import subprocess
import sys


def make_header(path, macros):
    text = ""
    if os.path.exists(path + ".in"):
        with open(path + ".in", encoding="utf-8") as file:
            text = file.read()
    for macro in macros:
        name, _, value = macro.partition("=")
        define = "#define %s %s" % (name, value or "1")
        text = re.sub(r"^# *undef %s\b.*$" % name, lambda _: define, text, flags=re.M)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def pkg_config(names):
    if not names:
        return []
    done = subprocess.run(["pkg-config", "--cflags"] + names, capture_output=True,
                          text=True, check=True)
    return shlex.split(done.stdout)


def commands(package, directory):
    flags = package["flags"] + pkg_config(package.get("pkg-config", []))
    for header, macros in package.get("configure", {}).items():
        make_header(os.path.join(directory, header), macros)
    for name in package["files"]:
        # Another version of the package may have dropped a file.
        if os.path.exists(os.path.join(directory, name)):
            yield {
                "directory": directory,
                "file": name,
                "arguments": ["cc", "-O2", "-w"] + flags + ["-c", name],
            }


def main():
    if sys.argv[1] == "--list":
        with open(sys.argv[3], encoding="utf-8") as file:
            fields = [package.get(sys.argv[2], []) for package in json.load(file)]
        for field in fields:
            print("\n".join([field] if isinstance(field, str) else field))
        return 0
    with open(sys.argv[1], encoding="utf-8") as file:
        packages = json.load(file)
    work, wanted = sys.argv[2], sys.argv[3:]
    database = []
    for package in packages:
        if package["package"] in wanted:
            print("    %s: %s" % (package["package"], package["why"]), file=sys.stderr)
            database += commands(package, os.path.join(work, "src", package["package"]))
    with open(os.path.join(work, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(database, file, indent=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
