#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the checks over the code bases that were read before any check saw them.

    first.py --sources DIR --build [NAME...]
    first.py --sources DIR --clang-tidy clang-tidy-19 --module MODULE.so
             [--sealed] [--record VERSION] [NAME...]
    first.py --sources DIR --log FILE [--record VERSION | --now] NAME
    first.py --write docs/corpus.md

first/NAME.json is one reading (first/README.md says what its fields mean), DIR/NAME
the source. --build fetches what is missing and runs the commands that leave a
compilation database there; the packages are to be installed by hand. Without
--build every file of that database is analysed, one at a time; --log takes what
another driver printed (`selfconnect scan`) instead. A sealed code base is run only
with --sealed. --record keeps what was said as first contact, once: it is never
written again. --now keeps what is said today, of a scan across files; a verdict and a
reason that a person gave stay with what is said again. --write renews these two parts
of the page.
"""

import argparse
import collections
import concurrent.futures
import glob
import json
import os
import re
import shlex
import subprocess

import run

READINGS = os.path.join(run.HERE, "first")
# The parts of the page: what of a reading they state, and how.
PARTS = (
    ("first_contact", "First contact",
     ["Code bases that were read before any check saw them (`test/corpus/first/`), and what",
      "the checks said then, one file at a time. This table is never improved afterwards.",
      "A hazard that needs a second file has its loop in one and its `connect()` in another,",
      "or its port in one and its `listen()` in another."]),
    ("now", "Now",
     ["The same readings, and what the checks say today, across files: `selfconnect scan",
      "--no-confirm` over the files that the reading names. A text in quotes is what",
      "`ExplainSilence` says at the attempt ([the reasons](explain-silence.md)). The sealed code",
      "bases are left out."]),
)
# How many files a scan was of, which may have been told some of the database.
SCANNED = re.compile(r"^selfconnect: (\d+) files analysed", re.M)
# What GCC knows and clang's driver refuses.
FOREIGN = re.compile(r"^-(fno-ipa-|fno-var-tracking|fconserve-stack|fno-allow-store|femit-struct"
                     r"|fipa-|fplugin|mindirect-branch|mno-fp-ret)")


def read():
    """All readings by name."""
    bases = {}
    for path in sorted(glob.glob(os.path.join(READINGS, "*.json"))):
        with open(path, encoding="utf-8") as file:
            base = json.load(file)
        bases[base["name"]] = base
    return bases


def build(base, directory):
    """Leaves a compilation database in the source."""
    if not os.path.isdir(directory):
        run.fetch(base["source"], directory)
    if os.path.exists(os.path.join(directory, "compile_commands.json")):
        return
    for command in base["build"]:
        # What does not build (make -k) is listed as not analysed later.
        subprocess.run(["bash", "-c", command], cwd=directory, check=False,
                       stdout=subprocess.DEVNULL)


def database(directory):
    """One command for each file of the source, without flags that clang refuses."""
    path = os.path.join(directory, "compile_commands.json")
    if not os.path.exists(path):
        run.fail(path + ": no such file; run with --build first")
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    commands = {}
    for entry in entries:
        name = os.path.realpath(os.path.join(entry["directory"], entry["file"]))
        words = entry.get("arguments") or shlex.split(entry["command"])
        words = [word for word in words if not FOREIGN.match(word)]
        # A file that a configure script tried and threw away is none of the project.
        if os.path.exists(name):
            commands.setdefault(name, {"directory": entry["directory"], "file": name,
                                       "arguments": words})
    return list(commands.values())


def analyse(args, directory):
    """The text of all warnings, and the files that could not be analysed."""
    commands = database(directory)
    folder = os.path.join(directory, ".selfconnect-first")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(commands, file, indent=1)
    config = {"Checks": "-*,selfconnect-*", "HeaderFilterRegex": ".*"}

    def one(command):
        done = subprocess.run(
            [args.clang_tidy, "-load=" + args.module, "--quiet", "--config=" + json.dumps(config),
             "--extra-arg=-Wno-everything", "-p", folder, command["file"]],
            cwd=command["directory"], capture_output=True, text=True, errors="replace", check=False)
        return done.returncode, done.stdout

    texts, broken = [], []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for command, (code, text) in zip(commands, pool.map(one, commands)):
            texts.append(text)
            if code:
                broken.append(os.path.relpath(command["file"], os.path.realpath(directory)))
    with open(os.path.join(folder, "log"), "w", encoding="utf-8") as file:
        file.write("".join(texts))
    return "".join(texts), len(commands), sorted(broken)


def warnings(text, directory, copied):
    """What was reported: {(kind, file, line)}, in the source that a build copied into a folder."""
    reported = set()
    for path, line, check in run.WARNING.findall(text):
        kind = next((k for k, v in run.KINDS.items() if v == check), None)
        if kind:
            path = os.path.realpath(os.path.join(directory, path))
            path = os.path.relpath(path, os.path.realpath(directory))
            reported.add((kind, path[len(copied):] if path.startswith(copied) else path, int(line)))
    return reported


def places(site):
    """Every place where a warning means this hazard."""
    yield site["file"], site["line"]
    for place in site.get("also", []):
        name, _, line = place.rpartition(":")
        yield name, int(line)


def compare(base, reported):
    """The hazards with whether each was found, and the reports with what each is."""
    sites = [(kind, site) for kind in run.KINDS for site in base[kind]]
    hazards = []
    near = collections.defaultdict(list)
    for kind, site in sites:
        hits = {r for r in reported if r[0] == kind and any(
            r[1] == name and abs(r[2] - line) <= run.NEAR for name, line in places(site))}
        for hit in hits:
            near[hit].append(site["expect"])
        hazards.append((kind, site, bool(hits)))
    outcomes = []
    for report in sorted(reported):
        expects = near[report]
        outcomes.append((report, "true" if "yes" in expects else "open" if expects else "false"))
    return hazards, outcomes


def record(base, version, files, broken, hazards, outcomes):
    """Keeps the first contact; a second one is refused."""
    path = os.path.join(READINGS, base["name"] + ".json")
    if base["first_contact"]:
        run.fail(base["name"] + ": first contact is recorded already and is not written again")
    base["first_contact"] = {
        "version": version, "files": files, "not_analysed": broken,
        "reported": [{"kind": kind, "file": name, "line": line, "outcome": outcome, "why": ""}
                     for (kind, name, line), outcome in outcomes],
        "missed": [{"kind": kind, "file": site["file"], "line": site["line"], "why": ""}
                   for kind, site, found in hazards if site["expect"] == "yes" and not found]}
    with open(path, "w", encoding="utf-8") as file:
        file.write(json.dumps(base, indent=1) + "\n")


def keep(base, files, outcomes, hazards):
    """Keeps what is said now; names what a person still has to judge."""
    old = base.get("now") or {"reported": [], "missed": []}
    known = {(word, i["kind"], i["file"], i["line"]): i
             for word in ("missed", "reported") for i in old[word]}

    def item(word, kind, name, line, **more):
        before = known.get((word, kind, name, line))
        return before or {"kind": kind, "file": name, "line": line, **more, "why": ""}

    base["now"] = {
        "files": files,
        "reported": [item("reported", kind, name, line, outcome=outcome)
                     for (kind, name, line), outcome in outcomes],
        "missed": [item("missed", kind, site["file"], site["line"])
                   for kind, site, found in hazards if site["expect"] == "yes" and not found]}
    for word in ("missed", "reported"):
        for i in base["now"][word]:
            if not i["why"] and (word == "missed" or i["outcome"] == "false"):
                print("  no reason yet: %s %s:%d" % (i["kind"], i["file"], i["line"]))
    with open(os.path.join(READINGS, base["name"] + ".json"), "w", encoding="utf-8") as file:
        file.write(json.dumps(base, indent=1) + "\n")


def due(base, across):
    """The hazards of a reading that one file shows, or that need a second one."""
    return [(kind, site) for kind in run.KINDS for site in base[kind]
            if site["expect"] == "yes" and (len(site["needs_files"]) > 1) == across]


class Table:
    """What was said of each code base, one row each, and what differs from the reading."""

    HEAD = ["| code base | what it is | files | one file shows | needs a second file "
            "| reports that are true |", "| --- | --- | --- | --- | --- | --- |"]

    def __init__(self):
        self.rows = []
        self.details = []
        self.total = [0] * 7

    def add(self, base, said):
        missed = {(m["kind"], m["file"], m["line"]) for m in said["missed"]}
        values = [said["files"]]
        for across in (False, True):
            sites = due(base, across)
            values += [sum((kind, site["file"], site["line"]) not in missed for kind, site in sites),
                       len(sites)]
        values += [sum(r["outcome"] == "true" for r in said["reported"]),
                   sum(r["outcome"] != "open" for r in said["reported"])]
        self.total = [a + b for a, b in zip(self.total, values)]
        self.row(base["name"], base["domain"], values)
        for word, items in (("missed", said["missed"]),
                            ("false", [r for r in said["reported"] if r["outcome"] == "false"])):
            self.details += ["- %s, `%s:%d` (%s), %s: %s"
                             % (base["name"], i["file"], i["line"], i["kind"], word,
                                run.cell(i["why"])) for i in items]

    def row(self, name, domain, values):
        self.rows.append("| %s | %s | %d | %d of %d | %d of %d | %d of %d |"
                         % (name, domain, *values))

    def lines(self):
        self.row("all", "", self.total)
        details = ["", "Each miss and each false report, with its reason:", "", *self.details]
        return self.HEAD + self.rows + (details if self.details else [])


def section():
    """First contact, and what is said now, as parts of the page."""
    lines = []
    for key, title, text in PARTS:
        table = Table()
        for base in read().values():
            if base.get(key):
                table.add(base, base[key])
            elif key == "first_contact":
                state = "sealed" if base["sealed"] else "not run yet"
                table.rows.append("| %s | %s | %s | %d to find | %d to find |  |"
                                  % (base["name"], base["domain"], state,
                                     len(due(base, False)), len(due(base, True))))
        if table.rows:
            lines += ["", "## " + title, "", *text, "", *table.lines()]
    return lines


def write_page(path):
    """Renews these parts of the page, which come last there."""
    with open(path, encoding="utf-8") as file:
        text = file.read().split("\n## %s\n" % PARTS[0][1])[0].rstrip("\n")
    with open(path, "w", encoding="utf-8") as file:
        file.write(text + "\n" + "\n".join(section()) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sources")
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--clang-tidy")
    parser.add_argument("--module")
    parser.add_argument("--log")
    parser.add_argument("--sealed", action="store_true")
    parser.add_argument("--record", metavar="VERSION")
    parser.add_argument("--now", action="store_true")
    parser.add_argument("--write", metavar="FILE")
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    bases = read()
    for name in args.names:
        if name not in bases:
            run.fail("%s: no such code base; there are %s" % (name, " ".join(bases)))
    if args.write:
        write_page(args.write)
        return
    if not args.sources:
        run.fail("--sources is needed")
    if args.log and len(args.names) != 1:
        run.fail("--log is of one code base: name it")
    if not (args.build or args.log or (args.clang_tidy and args.module)):
        run.fail("one of --build, --log, or --clang-tidy with --module is needed")
    for name in args.names or bases:
        base = bases[name]
        directory = os.path.join(os.path.abspath(args.sources), name)
        if args.build:
            build(base, directory)
            continue
        if base["sealed"] and not args.sealed:
            print(name + ": sealed")
            continue
        if args.record and base["first_contact"]:
            run.fail(name + ": first contact is recorded already and is not written again")
        if args.log:
            with open(args.log, encoding="utf-8", errors="replace") as file:
                text, files, broken = file.read(), len(database(directory)), []
        else:
            text, files, broken = analyse(args, directory)
        hazards, outcomes = compare(base, warnings(text, directory, base.get("copied", "")))
        print("%s: %d files, %d not analysed" % (name, files, len(broken)))
        for kind, site, found in hazards:
            print("  %-6s %s %s:%d (%s, %d files)"
                  % ("found" if found else "silent" if site["expect"] != "yes" else "MISSED", kind,
                     site["file"], site["line"], site["expect"], len(site["needs_files"])))
        for (kind, path, line), outcome in outcomes:
            print("  %-6s report %s %s:%d" % (outcome, kind, path, line))
        if args.now:
            scanned = SCANNED.search(text)
            keep(base, int(scanned.group(1)) if scanned else files, outcomes, hazards)
        if args.record:
            record(base, args.record, files, broken, hazards, outcomes)


if __name__ == "__main__":
    main()
