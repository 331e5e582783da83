# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""all_json.py SELFCONNECT DOCS: each command with --json has a schema, which
DOCS/json.md links to; each field of a schema is named there, as `field`."""

import json
import os
import re
import subprocess
import sys

selfconnect, docs = sys.argv[1:]


def help_of(*command):
    return subprocess.run(
        [selfconnect, *command, "--help"], capture_output=True, text=True, check=True
    ).stdout


def fields_of(schema):
    if isinstance(schema, list):
        for each in schema:
            yield from fields_of(each)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict):
            yield from schema["properties"]
            yield from fields_of(list(schema["properties"].values()))
        for key, value in schema.items():
            if key != "properties":
                yield from fields_of(value)


with open(os.path.join(docs, "json.md")) as file:
    page = file.read()
named = set(re.findall(r"`\"?([\w-]+)\"?`", page))
main = help_of()
commands = re.findall(r"^  (\w+)  +\S", main[main.index("Subcommands:") :], re.M)
checked = []
for command in commands:
    if not re.search(r"^ +--json", help_of(command), re.M):
        continue
    row = re.search(r"`selfconnect %s --json`.*\((schemas/[\w.]+)\)" % command, page)
    assert row, "json.md has no row for " + command
    name = row.group(1)
    with open(os.path.join(docs, name)) as file:
        fields = set(fields_of(json.load(file))) - {"schema"}
    assert fields, name
    missing = sorted(fields - named)
    assert not missing, "json.md does not name, of %s: %s" % (command, ", ".join(missing))
    checked.append(command)
print(" ".join(checked))
