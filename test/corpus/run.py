#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the checks over real code and compares them with what a person read.

    run.py --clang-tidy clang-tidy-19 --module MODULE.so --sources DIR [NAME...]

Each NAME.json beside this file is one code base: where its source comes from,
how its files are compiled, and every listening port in the ephemeral port range
and every retry of connect() that was found by grep and reading, each with a
verdict. `expect` says what a check of one file is to do with it:

    yes        report it
    needs-row  report it once a row of ApiFiles names the library's call
    merge-ok   a second attempt of the same cycle: report it or leave it
    cross-tu   it shows only with what another file does
    undecided  a careful reader could go either way
    no         stay silent

DIR/NAME is the unpacked source. What is missing there is fetched: a Debian
source package with apt (which needs a deb-src entry), anything else with git.
The packages of `dev_packages` are to be installed by hand.
"""

import argparse
import collections
import concurrent.futures
import glob
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
KINDS = {"listen": "selfconnect-ephemeral-listen-port", "retry": "selfconnect-retry-loop"}
# A call is found where it stands; a reader may have named the loop around it.
NEAR = 25
WARNING = re.compile(r"^(.+?):(\d+):\d+: warning: .*\[(selfconnect-[\w-]+)\]$", re.M)


def fail(text):
    print("selfconnect: error: corpus: " + text, file=sys.stderr)
    sys.exit(2)


def fetch(base, directory):
    """Unpacks the source of a code base that is not there yet."""
    kind, _, where = base["source"].partition(":")
    where = where.split(" ")[0]
    os.makedirs(os.path.dirname(directory), exist_ok=True)
    if kind == "debian":
        package = where.split("=")[0]
        command = ["apt-get", "source", "--only-source", where]
        subprocess.run(command, cwd=os.path.dirname(directory), check=True)
        found = [d for d in glob.glob(os.path.join(os.path.dirname(directory), package + "-*"))
                 if os.path.isdir(d)]
        os.rename(found[0], directory)
        return
    repository, _, commit = where.partition("@")
    subprocess.run(["git", "clone", "--quiet", "https://github.com/%s" % repository, directory],
                   check=True)
    subprocess.run(["git", "-C", directory, "checkout", "--quiet", commit], check=True)


def prepare(base, directory):
    """Writes the configuration headers and the compilation database."""
    for name, text in base.get("generated", {}).items():
        path = os.path.join(directory, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    entries = []
    for name in base.get("files", []):
        compiler = "c++" if name.endswith((".cpp", ".cc", ".cxx")) else "cc"
        flags = base.get("flags", []) + base.get("per_file_flags", {}).get(name, [])
        entries.append({"directory": directory, "file": name,
                        "arguments": [compiler, "-O2", *flags, "-c", name]})
    with open(os.path.join(directory, "compile_commands.json"), "w", encoding="utf-8") as file:
        json.dump(entries, file, indent=1)


def check(args, base, directory):
    """The warnings on the files of a code base: {(kind, file): lines}."""
    found = collections.defaultdict(set)
    broken = []
    for name in base.get("files", []):
        done = subprocess.run(
            [args.clang_tidy, "-load=" + args.module, "--quiet", "--checks=-*,selfconnect-*",
             "--header-filter=.*", "-p", directory, os.path.join(directory, name)],
            capture_output=True, text=True, errors="replace", check=False)
        if done.returncode:
            broken.append(name)
        for path, line, check_name in WARNING.findall(done.stdout):
            path = os.path.realpath(os.path.join(directory, path))
            kind = next(k for k, v in KINDS.items() if v == check_name)
            found[kind, os.path.relpath(path, os.path.realpath(directory))].add(int(line))
    return found, broken


def compare(base, found):
    """Yields (outcome, kind, file, line, expect) for what was read and what was found."""
    explained = collections.defaultdict(set)
    for kind in KINDS:
        for site in base.get(kind, []):
            lines = found.get((kind, site["file"]), set())
            near = {line for line in lines if abs(line - site["line"]) <= NEAR}
            explained[kind, site["file"]] |= near
            expect = site["expect"]
            if expect == "yes":
                outcome = "found" if near else "MISSED"
            elif expect == "no":
                outcome = "FALSE" if near else "silent"
            else:
                outcome = "also" if near else "silent"
            yield outcome, kind, site["file"], site["line"], expect
    for (kind, name), lines in sorted(found.items()):
        for line in sorted(lines - explained[kind, name]):
            yield "UNREAD", kind, name, line, "no"


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--module", required=True)
    parser.add_argument("--sources", required=True)
    parser.add_argument("names", nargs="*", metavar="NAME")
    args = parser.parse_args()
    bases = {}
    for path in sorted(glob.glob(os.path.join(HERE, "*.json"))):
        with open(path, encoding="utf-8") as file:
            base = json.load(file)
        bases[base["name"]] = base
    for name in args.names:
        if name not in bases:
            fail("%s: no such code base; there are %s" % (name, " ".join(bases)))
    chosen = [bases[name] for name in args.names or bases]

    def run(base):
        directory = os.path.join(os.path.abspath(args.sources), base["name"])
        if not os.path.isdir(directory):
            fetch(base, directory)
        prepare(base, directory)
        return base, *check(args, base, directory)

    counts = {kind: collections.Counter() for kind in KINDS}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for base, found, broken in pool.map(run, chosen):
            print(base["name"])
            for name in broken:
                print("  not analysed: %s" % name)
            for outcome, kind, name, line, expect in compare(base, found):
                counts[kind][outcome] += 1
                if outcome != "silent" or expect != "no":
                    print("  %-6s %s %s:%d (%s)" % (outcome, kind, name, line, expect))
    for kind, count in counts.items():
        wrong = count["FALSE"] + count["UNREAD"]
        print("%s: found %d of %d; %d other true reports, %d to be read or false"
              % (KINDS[kind], count["found"], count["found"] + count["MISSED"], count["also"],
                 wrong))
    return 0


if __name__ == "__main__":
    sys.exit(main())
