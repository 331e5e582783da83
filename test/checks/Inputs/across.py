#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""across.py CLANG_TIDY MODULE FILE FOLDER [--relative] [COMPILER ARGUMENTS]

Runs the module over a project that stands in one file, in parts that begin with
`//--- NAME`, as `selfconnect scan` does: until no summary changes any more. The
order of the files is tried both ways. Then compares what the last pass said
with the marks at the ends of lines:

    // retry: 127.0.0.1:33334 --socket=new    a warning here with that target
    // listen: 50000                          a warning here of that port
    // note: dial() connects here             a note here with that text
    // error: use of undeclared identifier    does not compile here

A warning without a mark is a fault, and so is a mark that nothing answers. With
--relative the sources are named as seen from FOLDER, as people and build systems
name them.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys

MAX_PASSES = 8
CHECKS = {"selfconnect-retry-loop": "retry", "selfconnect-ephemeral-listen-port": "listen"}
MESSAGE = re.compile(r"^([^:\n]+):(\d+):\d+: (warning|note|error): (.*?)( \[[\w,.-]+\])?$", re.M)


def split(path, folder):
    name, lines, parts = None, [], {}
    for line in open(path, encoding="utf-8").read().splitlines(True):
        begin = re.match(r"//--- (\S+)$", line.rstrip())
        if begin:
            name = begin[1]
            parts[name] = lines = []
        else:
            lines.append(line)
    for name, lines in parts.items():
        target = os.path.join(folder, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w", encoding="utf-8") as file:
            file.writelines(lines)
    return parts


def file_names(store):
    """Files the rows of all units by their names, as docs/summaries.md says."""
    by_name = {}
    units = os.path.join(store, "units")
    for unit in sorted(os.listdir(units)):
        with open(os.path.join(units, unit), encoding="utf-8") as file:
            read = json.load(file)
        for row in read["rows"]:
            by_name.setdefault(row["name"], {}).setdefault(read["main"], []).append(row)
    shutil.rmtree(os.path.join(store, "names"), ignore_errors=True)
    for name, rows in by_name.items():
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        target = os.path.join(store, "names", digest[:2], digest + ".json")
        os.makedirs(os.path.dirname(target), exist_ok=True)
        found = [{"main": m, "root": "..", "rows": r} for m, r in sorted(rows.items())]
        with open(target, "w", encoding="utf-8") as file:
            json.dump({"schema": 1, "name": name, "units": found}, file)


def run(tidy, module, folder, sources, relative, arguments):
    store = os.path.join(folder, ".selfconnect")
    os.makedirs(os.path.join(store, "units"))
    before = None
    for _ in range(MAX_PASSES):
        said = ""
        for source in sources:
            out = os.path.join(store, "units", source.replace("/", "_") + ".json")
            options = {"SummaryDir": store, "SummaryOut": out}
            config = json.dumps(
                {"CheckOptions": [{"key": k, "value": v} for k, v in options.items()]}
            )
            standard = "-std=c++17" if source.endswith("cpp") else "-std=gnu11"
            done = subprocess.run(
                [tidy, "-load=" + module, "-checks=-*,selfconnect-*", "--config=" + config]
                + [source if relative else os.path.join(folder, source)]
                + ["--", "-I" + folder, standard, *arguments],
                cwd=folder if relative else None,
                capture_output=True,
                text=True,
            )
            if done.returncode not in (0, 1) or "selfconnect: " in done.stderr:
                sys.exit("across.py: %s: %s%s" % (source, done.stdout, done.stderr))
            said += done.stdout
        file_names(store)
        units = os.path.join(store, "units")
        now = {u: open(os.path.join(units, u), encoding="utf-8").read() for u in os.listdir(units)}
        if now == before:
            return said
        before = now
    sys.exit("across.py: the summaries change without end")


def compare(said, parts, folder):
    faults = []
    wanted = []
    for name, lines in parts.items():
        for number, line in enumerate(lines, 1):
            for mark in re.finditer(r"// (retry|listen|note|error): (.*?)(?= // |$)", line.rstrip()):
                wanted.append((name, number, mark[1], mark[2].strip()))
    found = []
    errors = []
    for match in MESSAGE.finditer(said):
        place = (os.path.relpath(match[1], folder), int(match[2]))
        if match[3] == "error":
            errors.append((place, match[4]))
        elif match[3] == "warning":
            kind = CHECKS.get((match[5] or "").strip(" []"))
            if kind:
                found.append((place, kind, []))
        elif found:
            found[-1][2].append((place, match[4]))
    notes = {note for _, _, below in found for note in below}
    for name, number, kind, text in wanted:
        if kind == "error":
            hits = [e for e in errors if e[0] == (name, number) and text in e[1]]
            errors = [e for e in errors if e not in hits]
            if not hits:
                faults.append("%s:%d: no error: %s" % (name, number, text))
            continue
        if kind == "note":
            if ((name, number), text) not in notes:
                faults.append("%s:%d: no note: %s" % (name, number, text))
            continue
        hits = [f for f in found if f[0] == (name, number) and f[1] == kind]
        said_there = "\n".join(t for f in hits for _, t in f[2])
        pattern = "selfconnect reproduce " + re.escape(text) if kind == "retry" else r"port %s\b" % text
        if not hits:
            faults.append("%s:%d: no warning: %s" % (name, number, kind))
        elif not re.search(pattern + r"(?![\w:])", said_there):
            faults.append("%s:%d: not %s: %s" % (name, number, text, said_there))
    faults += ["does not compile: %s" % (error,) for error in errors]
    marked = {(n, l, k) for n, l, k, _ in wanted}
    for (name, number), kind, _ in found:
        if (name, number, kind) not in marked:
            faults.append("%s:%d: a warning that nobody expects: %s" % (name, number, kind))
    return faults


def main():
    tidy, module, path, folder, *arguments = sys.argv[1:]
    relative = arguments[:1] == ["--relative"]
    faults = []
    for reverse in (False, True):
        shutil.rmtree(folder, ignore_errors=True)
        parts = split(path, folder)
        sources = sorted((n for n in parts if n.endswith((".c", ".cpp"))), reverse=reverse)
        said = run(tidy, module, folder, sources, relative, arguments[relative:])
        faults += compare(said, parts, folder)
    print("\n".join(sorted(set(faults))))
    sys.exit(bool(faults))


main()
