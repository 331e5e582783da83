#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs the checks over real code and compares them with what a person read.

    run.py --clang-tidy clang-tidy-19 --module MODULE.so --sources DIR
           [--present] [--write docs/corpus.md] [NAME...]

Each NAME.json beside this file is one code base: where its source comes from,
how its files are compiled, and every listening port in the ephemeral port range
and every retry of connect() that was found by grep and reading, each with a
verdict. `expect` says what a check of one file is to do with it:

    yes        report it
    merge-ok   a second attempt of the same cycle: report it or leave it
    cross-tu   leave it: it shows only with what another file does
    undecided  a careful reader could go either way
    no         stay silent

What is expected and not reported is a miss; `missed` beside it says why. What is
reported and is no place that was read counts as false. The other texts (`why`,
`shape`, `silent`, `notes`) are the reader's own: what else looks like a hazard and
is none, and how that was seen.

DIR/NAME is the unpacked source. What is missing there is fetched: a Debian
source package with apt (which needs a deb-src entry), anything else with git,
`also` into folders of it. `setup` is run in it once, for the headers that a
build would make; the packages of `dev_packages` are to be installed by hand.
`api` is a table for ApiFiles. --present compares only what is there. --write
makes the page that states the result.
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


def fetch(source, directory):
    """Unpacks a source that is not there yet."""
    kind, _, where = source.partition(":")
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
    """Fetches what is missing; writes headers and the compilation database."""
    if not os.path.isdir(directory):
        fetch(base["source"], directory)
    for name, source in base.get("also", {}).items():
        if not os.path.isdir(os.path.join(directory, name)):
            fetch(source, os.path.join(directory, name))
    done = os.path.join(directory, ".selfconnect-setup")
    if base.get("setup") and not os.path.exists(done):
        for command in base["setup"]:
            subprocess.run(["bash", "-euc", command], cwd=directory, check=True,
                           stdout=subprocess.DEVNULL)
        with open(done, "w", encoding="utf-8"):
            pass
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
    # The code base's own .clang-tidy is of no concern here.
    config = {"Checks": "-*,selfconnect-*", "HeaderFilterRegex": ".*", "CheckOptions": []}
    if "api" in base:
        table = os.path.join(directory, ".selfconnect-apis.json")
        with open(table, "w", encoding="utf-8") as file:
            json.dump(base["api"], file)
        config["CheckOptions"].append({"key": "ApiFiles", "value": table})
    found = collections.defaultdict(set)
    broken = []
    for name in base.get("files", []):
        done = subprocess.run(
            [args.clang_tidy, "-load=" + args.module, "--quiet",
             "--config=" + json.dumps(config), "-p", directory, os.path.join(directory, name)],
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
            elif expect == "undecided":
                outcome = "open" if near else "silent"
            else:
                outcome = "also" if near else "silent"
            yield outcome, kind, site["file"], site["line"], expect, site
    for (kind, name), lines in sorted(found.items()):
        for line in sorted(lines - explained[kind, name]):
            yield "UNREAD", kind, name, line, "no", {}


PARTS = {"listen": "Listening ports", "retry": "Retry loops"}
WORDS = {"found": "reported", "MISSED": "missed", "FALSE": "false alarm", "UNREAD": "not read yet",
         "also": "reported", "open": "reported", "silent": "silent"}


def cell(text):
    return " ".join(str(text).split()).replace("|", "\\|")


def state(count):
    """Recall and precision in words."""
    true = count["found"] + count["also"]
    wrong = count["FALSE"] + count["UNREAD"]
    due = count["found"] + count["MISSED"]
    return ("%d of %d places that should be reported are reported (recall %.0f %%). Of the %d "
            "reported places, %d are true, %d are false, and %d are open to the reader."
            % (count["found"], due, 100 * count["found"] / max(due, 1),
               true + wrong + count["open"], true, wrong, count["open"]))


def write_page(path, results, counts, left_out, version):
    """The result as a document."""
    lines = ["<!-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception -->", "",
             "# The checks compared with a reader", "",
             "A reader went through real code and noted every listening port in the ephemeral port",
             "range, and every retry of `connect()`. Then the checks analysed the same code, one file",
             "at a time (%s). The notes are in `test/corpus/`. `test/corpus/run.py --write`" % version,
             "writes this page."]
    for kind, title in PARTS.items():
        lines += ["", "## %s" % title, "", state(counts[kind]), "",
                  "| code base | place | the reader | the check |", "| --- | --- | --- | --- |"]
        misses = []
        for base, outcomes, _ in results:
            for outcome, of, name, line, expect, site in outcomes:
                if of != kind or (outcome == "silent" and expect == "no"):
                    continue
                what = site.get("port") or site.get("shape") or ""
                verdict = site.get("verdict", "")
                lines.append("| %s | `%s:%d` | %s | %s |"
                             % (base["name"], name, line,
                                cell("; ".join(str(t) for t in (what, verdict) if t)), WORDS[outcome]))
                if outcome in ("MISSED", "FALSE", "UNREAD"):
                    misses.append("- %s, `%s:%d`, %s: %s"
                                  % (base["name"], name, line, WORDS[outcome],
                                     cell(site.get("missed") or site.get("why") or "no reason yet")))
        if misses:
            lines += ["", "Where the check and the reader differ, and why:", "", *misses]
    lines += ["", "## The code", "", "| code base | version | files | not analysed |",
              "| --- | --- | --- | --- |"]
    for base, _, broken in results:
        kind, _, where = base["source"].partition(":")
        where = where.split(" ")[0]
        repository, _, commit = where.partition("@")
        lines.append("| %s | %s | %d | %s |"
                     % (base["name"],
                        "Debian `%s`" % where if kind == "debian"
                        else "`%s` at %s" % (repository, commit[:12]),
                        len(base.get("files", [])), ", ".join("`%s`" % n for n in broken)))
    if left_out:
        lines += ["", "Read, but not analysed in this run: %s." % ", ".join(left_out)]
    import first  # It uses this file's words.
    lines += first.section()
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clang-tidy", required=True)
    parser.add_argument("--module", required=True)
    parser.add_argument("--sources", required=True)
    parser.add_argument("--present", action="store_true",
                        help="leave out what is not in the sources yet")
    parser.add_argument("--write", metavar="FILE", help="state the result there")
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
    # What needs a build of its own to compile has no files here.
    left_out = [base["name"] for base in chosen
                if not base.get("files") or args.present
                and not os.path.isdir(os.path.join(args.sources, base["name"]))]
    chosen = [base for base in chosen if base["name"] not in left_out]
    version = subprocess.run([args.clang_tidy, "--version"], capture_output=True, text=True,
                             check=True).stdout
    version = "clang-tidy " + re.search(r"version (\d+\.\d+\.\d+)", version).group(1)

    def run(base):
        directory = os.path.join(os.path.abspath(args.sources), base["name"])
        prepare(base, directory)
        return base, *check(args, base, directory)

    counts = {kind: collections.Counter() for kind in KINDS}
    results = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for base, found, broken in pool.map(run, chosen):
            print(base["name"])
            for name in broken:
                print("  not analysed: %s" % name)
            outcomes = [o for o in compare(base, found) if o[2] not in broken]
            results.append((base, outcomes, broken))
            for outcome, kind, name, line, expect, _ in outcomes:
                counts[kind][outcome] += 1
                if outcome != "silent" or expect != "no":
                    print("  %-6s %s %s:%d (%s)" % (outcome, kind, name, line, expect))
    for kind, count in counts.items():
        print("%s: %s" % (KINDS[kind], state(count)))
    if args.write:
        write_page(args.write, results, counts, left_out, version)
    return 0


if __name__ == "__main__":
    sys.exit(main())
