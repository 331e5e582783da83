#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the machine's Debian sources as deb-src entries: `apt_sources.py DIR`

Reads /etc/apt in both of apt's formats, changes nothing there, and keeps the
keys (Signed-By) of each entry. Only archives of Debian itself are taken: those
with a component `main` under a suite of this release; the repository of another
project has no source of the packages we want.
"""

import glob
import os
import re
import sys


def release():
    with open("/etc/os-release", encoding="utf-8") as file:
        match = re.search(r"^VERSION_CODENAME=\"?([\w-]+)", file.read(), re.M)
    return match.group(1) if match else "stable"


def is_debian(suites, components, codename):
    return "main" in components and any(
        suite.split("-")[0] in (codename, "stable") for suite in suites
    )


def one_line_entries(text, codename):
    """deb [options] URI suite component... -> the same as deb-src."""
    for line in text.splitlines():
        match = re.match(r"\s*deb\s+((?:\[[^]]*\]\s+)?\S+)\s+(\S+)\s+([^#]+)", line)
        if match and is_debian([match[2]], match[3].split(), codename):
            # arch= says which binaries to fetch, and sources have none.
            where = re.sub(r"\barch=\S+?(?=[\s\]])", "", match[1])
            where = re.sub(r"\[\s*\]\s*", "", where)
            yield "deb-src %s %s %s" % (where, match[2], match[3].strip())


def field(stanza, name):
    match = re.search(r"^%s:[ \t]*(.*)$" % name, stanza, re.M | re.I)
    return match[1].split() if match else []


def stanzas(text, codename):
    """Stanzas of the deb822 format, with Types: deb-src."""
    text = re.sub(r"^#.*\n?", "", text, flags=re.M)
    for stanza in re.split(r"\n[ \t]*\n", text):
        stanza = stanza.strip("\n")
        if "deb" not in field(stanza, "Types") or field(stanza, "Enabled") == ["no"]:
            continue
        if is_debian(field(stanza, "Suites"), field(stanza, "Components"), codename):
            stanza = re.sub(r"^Architectures:.*\n?", "", stanza, flags=re.M | re.I)
            yield re.sub(r"^Types:.*$", "Types: deb-src", stanza, flags=re.M | re.I)


def read(paths):
    for path in paths:
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                yield file.read()


def main():
    directory = sys.argv[1]
    codename = release()
    lists = ["/etc/apt/sources.list"] + sorted(glob.glob("/etc/apt/sources.list.d/*.list"))
    deb822 = sorted(glob.glob("/etc/apt/sources.list.d/*.sources"))
    lines = [e for text in read(lists) for e in one_line_entries(text, codename)]
    paragraphs = [e for text in read(deb822) for e in stanzas(text, codename)]
    if not lines and not paragraphs:
        print(
            "selfconnect: error: sources: /etc/apt: no entry for Debian's own archive; "
            "give a directory instead: scripts/demo DIR",
            file=sys.stderr,
        )
        return 3
    os.makedirs(directory, exist_ok=True)
    with open(os.path.join(directory, "machine.list"), "w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
    with open(os.path.join(directory, "machine.sources"), "w", encoding="utf-8") as file:
        file.write("\n\n".join(paragraphs) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
