# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The commands that the pages show, and those that are not run as they stand."""

import glob
import os
import re
import subprocess

FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.M | re.S)
INDENTED = re.compile(r"(?:^    \S.*\n)+", re.M)
NAMED_FILE = re.compile(r"`([\w.-]+)`:\n\n```\w+\n(.*?)^```$", re.M | re.S)
PROGRAM = re.compile(r"selfconnect[\w-]* [a-z-]|clang-tidy|cmake |scripts/")


def pages(root):
    """Path below root, and text, of each page."""
    for path in sorted(glob.glob(root + "/*.md") + glob.glob(root + "/docs/**/*.md", recursive=True)):
        with open(path, encoding="utf-8") as file:
            yield os.path.relpath(path, root), file.read()


def is_complete(command):
    """Whether the shell can run it: it does not end within a loop or a string."""
    if re.search(r"(\\|\||&&)$", command):
        return False
    return subprocess.run(["bash", "-n"], input=command, text=True, capture_output=True).returncode == 0


def split(lines):
    """The commands of a script."""
    command = ""
    for line in lines:
        if not command and line.startswith("#"):
            continue
        command += line + "\n"
        if command.strip() and is_complete(command.rstrip("\n")):
            yield command.rstrip("\n"), []
            command = ""
    assert not command.strip(), command


def session(lines):
    """The commands of a terminal, each with what it prints."""
    command, printed = "", []
    for line in lines:
        if line.startswith("$ "):
            if command:
                yield command, printed
            command, printed = line[2:], []
        elif command.endswith("\\"):
            command += "\n" + line
        elif command:
            printed.append(line)
    if command:
        yield command, printed


def blocks(text):
    """Lists of commands, each with what the page says that it prints."""
    for language, code in FENCED.findall(text):
        if language in ("sh", "bash", "shell"):
            yield list(split(code.splitlines()))
        elif language == "console":
            yield list(session(code.splitlines()))
    for code in INDENTED.findall(FENCED.sub("", text)):
        lines = [line[4:] for line in code.splitlines()]
        if PROGRAM.match(lines[0]):
            yield list(split(lines))


def shown_files(text):
    """Those that the page gives in full, below their name."""
    return NAMED_FILE.findall(text)


def plain(command):
    """On one line, without a comment at the end."""
    joined = " ".join(command.replace("\\\n", " ").split())
    return re.sub(r" # .*$", "", joined)


class Exceptions:
    def __init__(self, path):
        self.rules = []  # (pattern, what is to be done)
        self.met = set()
        how = None
        with open(path, encoding="utf-8") as file:
            for line in map(str.strip, file):
                heading = re.fullmatch(r"\[(exit ([\d or]+)|not run): (.+)\]", line)
                if heading:
                    codes = heading.group(2)
                    how = (set(map(int, codes.split(" or "))) if codes else None,
                           "output is" in line)
                elif line and not line.startswith("#"):
                    self.rules.append((line, how))

    def of(self, command):
        """The exit codes that it may have, none if it is not run, and whether what it
        prints is the machine's own."""
        for pattern, how in self.rules:
            if command == pattern or (
                pattern.endswith(" ...") and command.startswith(pattern[:-3])
            ):
                self.met.add(pattern)
                return how
        return {0}, False

    def unused(self):
        return [pattern for pattern, _ in self.rules if pattern not in self.met]
