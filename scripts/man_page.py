#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""man_page.py SELFCONNECT PAGE: writes selfconnect(1) from what the command and
its subcommands print for --help."""

import re
import subprocess
import sys


# What one would type. The test holds them to --help.
EXAMPLES = (
    ("How soon does a client that tries once a second meet itself on port 33334?",
     "selfconnect predict 127.0.0.1:33334 --interval 1s"),
    ("See it happen, on the range that Linux comes with.",
     "selfconnect reproduce 127.0.0.1:33334 --range linux"),
    ("A verdict for each finding of clang-tidy, and a report for GitHub.",
     "selfconnect confirm findings.yaml --sarif selfconnect.sarif"),
    ("What becomes of curl where it meets itself?",
     "selfconnect exec 33334 curl -s http://127.0.0.1:33334/"),
    ("Run a client that cannot meet itself.",
     "selfconnect guard --log guard.log ./client localhost:33334"),
    ("Which listeners of this machine are at risk?",
     "selfconnect host"),
)

ENVIRONMENT = (
    ("NO_COLOR", "If it is set and not empty, text is coloured with --color=always only."),
    ("TERM", "If it is empty or dumb, there is neither colour nor progress."),
    ("TMPDIR", "Where what waits to be written is kept, and the link to a guard whose own "
               "path has a blank; /tmp by default."),
    ("LD_PRELOAD, SELFCONNECT_GUARD, SELFCONNECT_GUARD_LOG, SELFCONNECT_GUARD_BACKTRACE, "
     "ASAN_OPTIONS", "guard sets them for its program: they load the guard and are its "
                     "options. What LD_PRELOAD and ASAN_OPTIONS had stays."),
)


def roff(text):
    """Text as roff shows it: no requests, hyphens that can be copied."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in text.split("\n"))


class Help:
    """What --help prints, by its parts."""

    def __init__(self, *command):
        done = subprocess.run([*command, "--help"], capture_output=True, text=True, check=True)
        self.usage = ""
        self.lists = {}  # heading: [(item, explanation)]
        texts = [[]]
        items = None
        for line in done.stdout.splitlines():
            if line.startswith("Usage: "):
                self.usage = line[len("Usage: ") :]
                texts.append([])
            elif re.fullmatch(r"\w+:", line):
                items = self.lists.setdefault(line[:-1], [])
            elif not line.strip():
                items = None
            elif items is None:
                texts[-1].append(line)
            elif re.match(r" {2}\S", line):
                item, _, explanation = line[2:].partition("  ")
                items.append([item.strip(), explanation.strip()])
            elif re.match(r" {10}", line):
                items[-1][1] = (items[-1][1] + " " + line.strip()).strip()
            else:
                sys.exit("man_page.py: --help of %s has a line of no known form: %r"
                         % (" ".join(command), line))
        if len(texts) != 2 or not texts[0]:
            sys.exit("man_page.py: --help of %s has no description or no usage" % " ".join(command))
        self.description = "\n".join(texts[0])
        self.footer = "\n".join(texts[1])


def items(listed):
    for item, explanation in listed:
        yield ".TP\n.B " + roff(item)
        yield roff(explanation)


def body(part):
    yield ".PP\n.B " + roff(part.usage)
    yield ".PP\n" + roff(part.description) + "."
    for heading in ("Positionals", "Options", "Reports"):
        yield from items(part.lists.get(heading, []))


def page(program):
    version = subprocess.run(
        [program, "--version"], capture_output=True, text=True, check=True
    ).stdout.strip()
    main = Help(program)
    what, _, rest = main.description.partition(": ")
    yield '.TH SELFCONNECT 1 "" "%s"' % roff(version)
    yield ".SH NAME\nselfconnect \\- %s" % roff(what[0].lower() + what[1:])
    yield ".SH SYNOPSIS\n.B " + roff(main.usage)
    yield ".SH DESCRIPTION\n" + roff(what + ": " + rest)
    yield ".SH OPTIONS"
    yield from items(main.lists["Options"])
    yield ".SH COMMANDS"
    for name, _ in main.lists["Subcommands"]:
        part = Help(program, name)
        yield ".SS " + roff(name)
        yield from body(part)
        if part.footer != main.footer:
            yield ".PP\n" + roff(part.footer)
    yield ".SH ENVIRONMENT"
    yield from items(ENVIRONMENT)
    yield ".SH EXAMPLES"
    for what, command in EXAMPLES:
        yield ".PP\n%s\n.PP\n.RS 4\n.nf\n%s\n.fi\n.RE" % (roff(what), roff(command))
    yield ".SH EXIT STATUS\n" + roff(main.footer)
    yield ".SH SEE ALSO\n.BR selfconnect\\-clang\\-tidy (1),\n.BR selfconnect\\-clangd (1)"


def main():
    program, path = sys.argv[1:]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(page(program)) + "\n")


main()
