#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes the tables of tested versions in docs/versions.md from docs/versions.json.

    scripts/versions_doc.py                      rewrites docs/versions.md
    scripts/versions_doc.py --record RESULTS..   first takes into docs/versions.json
                                                 what these runs of tests came to, on
                                                 the release of Debian it runs on
    scripts/versions_doc.py --check              says whether it is up to date: 0 or 1

RESULTS are folders as test/count_results.py reads them, BUILD/test/results each. What
stands outside of the markers in docs/versions.md is written by hand and kept.
"""

import json
import os
import re
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
DATA = os.path.join(ROOT, "docs", "versions.json")
PAGE = os.path.join(ROOT, "docs", "versions.md")
BEGIN = "<!-- From here on written by scripts/versions_doc.py. -->\n"
END = "<!-- To here. -->\n"
sys.path.insert(0, os.path.join(ROOT, "test"))

from count_results import Tally, count_run  # noqa: E402


def output(*command):
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def release():
    """The name of this release, and what is built with."""
    system = dict(re.findall(r'^(\w+)="?(.*?)"?$', read("/etc/os-release"), re.M))
    name = os.environ.get("SELFCONNECT_RELEASE", system.get("VERSION_CODENAME", ""))
    headers = int(re.search(r"LINUX_VERSION_CODE (\d+)", read("/usr/include/linux/version.h"))[1])
    return name, {
        "name": "Debian " + system["VERSION_ID"] if "VERSION_ID" in system else name,
        "compiler": "GCC " + output("c++", "-dumpfullversion"),
        "libc": output("getconf", "GNU_LIBC_VERSION"),
        "headers": "%d.%d" % (headers >> 16, headers >> 8 & 255),
        "cmake": re.search(r"[\d.]+", output("cmake", "--version"))[0],
    }


def outcome(results):
    tally = Tally()
    count_run(tally, results, "")
    return {"passed": tally.passed, "failed": sorted(tally.failed), "not_run": sorted(tally.not_run)}


def record(data, all_results):
    name, facts = release()
    entry = data.setdefault(name, {})
    entry.update(facts)
    for results in all_results:
        build = os.path.dirname(os.path.dirname(os.path.abspath(results)))
        found = re.search(r"llvm(\d+)$", build)
        if not found:  # build-packages
            entry["packages"] = outcome(results)
            continue
        major = found[1]
        version = output("/usr/lib/llvm-%s/bin/clang-tidy" % major, "--version")
        tools = [tool for tool in ("selfconnect", "selfconnect-clang-tidy", "selfconnect-clangd")
                 if os.path.exists(os.path.join(build, "bin", tool))]
        entry.setdefault("llvm", {})[major] = {
            "version": re.search(r"LLVM version ([\d.]+)", version)[1],
            "with": tools,
            **outcome(results),
        }


def counts(entry):
    return "%d | %d" % (entry["passed"], len(entry["failed"]))


def lacks(entry):
    parts = []
    for tool in ("selfconnect-clang-tidy", "selfconnect-clangd"):
        if tool not in entry["with"]:
            parts.append("`%s`" % tool)
    parts += ["failed: `%s`" % name for name in entry["failed"]]
    parts += ["not run: `%s`" % name for name in entry["not_run"]]
    return "; ".join(parts) or "nothing"


def render(data):
    if not data:
        return "\nNo run is recorded yet.\n\n"
    lines = ["", "| release | compiler | C library | kernel headers | CMake | packages: passed | failed |",
             "| --- | --- | --- | --- | --- | --- | --- |"]
    # sid last
    entries = sorted(data.values(), key=lambda one: (not one["name"].startswith("Debian"), one["name"]))
    for entry in entries:
        lines.append("| %s | %s | %s | %s | %s | %s |" % (
            entry["name"], entry["compiler"], entry["libc"], entry["headers"], entry["cmake"],
            counts(entry["packages"]) if "packages" in entry else "not run | "))
    lines += ["", "| release | LLVM | passed | failed | lacks |", "| --- | --- | --- | --- | --- |"]
    for entry in entries:
        for _, one in sorted(entry.get("llvm", {}).items(), key=lambda item: int(item[0])):
            everything = ", and the command" if "selfconnect" in one["with"] else ""
            lines.append("| %s | %s%s | %s | %s |"
                         % (entry["name"], one["version"], everything, counts(one), lacks(one)))
    return "\n".join(lines) + "\n\n"


def main():
    data = json.loads(read(DATA))
    words = sys.argv[1:]
    if words and words[0] == "--record":
        record(data, words[1:])
    old = read(PAGE)
    if BEGIN not in old or END not in old:
        sys.exit("selfconnect: error: %s: the markers are gone; add %r and %r" % (PAGE, BEGIN, END))
    new = old.split(BEGIN)[0] + BEGIN + render(data) + END + old.split(END)[1]
    if words == ["--check"]:
        if new != old:
            print("selfconnect: error: docs/versions.md is stale; run scripts/versions_doc.py",
                  file=sys.stderr)
        return int(new != old)
    for path, text in ((DATA, json.dumps(data, indent=2, sort_keys=True) + "\n"), (PAGE, new)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
