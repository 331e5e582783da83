# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""compare_options.py SELFCONNECT PAGE...: each page docs/COMMAND.md names each
option of `selfconnect COMMAND --help`, and all that it names as options of a
command of ours are in that command's --help.

An option is named in a piece of code that begins with it (`--json`), or in one
that calls selfconnect; what stands behind " -- " there is the user's program's."""

import os
import re
import subprocess
import sys

OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
CODE = re.compile(r"^ {4}(\S.*)$|^\$ (\S.*)$|`([^`\n]+)`", re.M)


def options_of(command):
    done = subprocess.run(
        [sys.argv[1], command, "--help"], capture_output=True, text=True, check=True
    )
    # Those at the beginning of a line; the texts name some of other programs.
    found = re.findall(r"^ +(?:-\w,)?(--[a-z][a-z-]*)", done.stdout, re.M)
    assert "--help" in found, done.stdout
    return set(found)


def named_in(page, command):
    """Pairs of command and option."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    named = set()
    for code in map("".join, CODE.findall(text)):
        ours = code.partition(" -- ")[0]
        call = re.match(r"selfconnect (\w+)", ours)
        if call or ours.startswith("--"):
            to = call.group(1) if call else command
            named.update((to, option) for option in OPTION.findall(ours))
    return named


wrong = []
for page in sys.argv[2:]:
    command = os.path.splitext(os.path.basename(page))[0]
    named = named_in(page, command)
    for to, option in sorted(named):
        if option not in options_of(to):
            wrong.append("%s: selfconnect %s has no %s" % (page, to, option))
    for option in sorted(options_of(command)):
        if (command, option) not in named:
            wrong.append("%s: %s is not named" % (page, option))
if wrong:
    sys.exit("\n".join(wrong))
