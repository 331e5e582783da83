# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""man_page.py PAGES SELFCONNECT: formats the pages, and looks in the section of
each command for each item of its --help and what is said of it."""

import glob
import os
import re
import subprocess
import sys

pages, selfconnect = sys.argv[1:]


def formatted(page):
    # -ww: all warnings; no page breaks, no hyphenation, no overstriking.
    command = ["groff", "-man", "-Tascii", "-ww", "-P-cbou", "-rcR=1", "-rHY=0", page]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert not done.stderr, done.stderr
    return done.stdout


def words(text):
    return re.findall(r"[^\s.]+", text)


def help_of(*command):
    return subprocess.run(
        [selfconnect, *command, "--help"], capture_output=True, text=True, check=True
    ).stdout


names = sorted(os.path.basename(path) for path in glob.glob(os.path.join(pages, "*.1")))
assert "selfconnect.1" in names, names
for name in names:
    text = formatted(os.path.join(pages, name))
    assert "SYNOPSIS" in text and "SEE ALSO" in text, text

text = formatted(os.path.join(pages, "selfconnect.1"))
main = help_of()
commands = re.findall(r"^  (\w+)  +\S", main[main.index("Subcommands:") :], re.M)
assert len(commands) >= 7, commands
# Headings of --help are not in the page: it has its own.
HEADINGS = {"Usage:", "Positionals:", "Options:", "Reports:", "Subcommands:"}
for command in commands:
    # From its own heading on.
    match = re.search(r"^ {3}%s$" % command, text, re.M)
    assert match, "no section of " + command
    section = text[match.end() :]
    section = section[: re.search(r"^ {3}\w+$|^ENVIRONMENT$", section, re.M).start()]
    said = help_of(command)
    closing = said.rindex("\n\n")
    footer = said[closing:]
    # What all commands say is said once.
    expected = said[:closing] if footer.strip() in main else said
    found = " ".join(words(section))
    for line in expected.splitlines():
        for part in re.split(r" {2,}", line.strip()):
            wanted = words(part.replace("Usage: ", ""))
            if wanted and part.strip() not in HEADINGS:
                assert " ".join(wanted) in found, "%s: %r is missing in\n%s" % (
                    command, part, section)
for line in main[main.index("Exit codes") :].splitlines():
    assert " ".join(words(line)) in " ".join(words(text)), line
assert "ENVIRONMENT" in text and "NO_COLOR" in text, text
# An example that the command refuses would be none.
examples = re.findall(r"^ +selfconnect (\w+)(.*)$", text[text.index("EXAMPLES") :], re.M)
assert {"predict", "confirm", "exec"} <= {name for name, _ in examples}, examples
for name, rest in examples:
    assert name in commands, name
    for option in re.findall(r" (--[\w-]+)", rest):
        assert option in help_of(name), (name, option)
