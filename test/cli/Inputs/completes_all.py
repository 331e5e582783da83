# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""completes_all.py SELFCONNECT SCRIPT...: each long option that --help of a command
has stands in each of the scripts, in the part of that command."""

import re
import subprocess
import sys


def help_of(*command):
    return subprocess.run(
        [sys.argv[1], *command, "--help"], capture_output=True, text=True, check=True
    ).stdout


def begin_of(script, command):
    """Where the part of a command begins in a script for bash or zsh."""
    match = re.search(r"^ +%s\)$" % command, script, re.M)
    return match.start() if match else -1


def part_of(script, command):
    begin = begin_of(script, command)
    if begin < 0:
        return "\n".join(re.findall("^.*_from %s'.*$" % command, script, re.M))
    ends = [begin_of(script, other) for other in commands]
    return script[begin : min((end for end in ends if end > begin), default=len(script))]


main = help_of()
commands = re.findall(r"^  (\w+)  +\S", main[main.index("Subcommands:") :], re.M)
assert "confirm" in commands, commands
for path in sys.argv[2:]:
    with open(path) as file:
        script = file.read()
    for command in commands:
        part = part_of(script, command)
        options = re.findall(r"^ +(?:-\w,)?--([a-z][a-z-]*)", help_of(command), re.M)
        assert "help" in options, command
        for option in options:
            assert re.search(r"(--|-l )%s\b(?!-)" % option, part), (path, command, option)
