# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""checks_metadata.py ROOT: checks/checks.json is the one truth on the checks; the
module, the README, the pages and the labels of CodeChecker agree with it."""

import json
import os
import re
import sys


def read(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return file.read()


def main():
    root = sys.argv[1]
    checks = json.loads(read(root, "checks", "checks.json"))["checks"]
    faults = []

    def expect(holds, words):
        if not holds:
            faults.append(words)

    module = read(root, "checks", "SelfConnectTidyModule.cpp")
    registered = set(re.findall(r'registerCheck<\w+>\(\s*"([a-z-]+)"', module))
    expect(registered == {check["id"] for check in checks},
           "the module registers %s" % sorted(registered))

    sources = "".join(
        read(root, "checks", name)
        for name in sorted(os.listdir(os.path.join(root, "checks")))
        if name.endswith(".cpp"))
    sources = re.sub(r'"\s*"', "", sources)  # strings in several pieces
    readme = read(root, "README.md")
    labels = json.loads(read(root, "docs", "integrations", "codechecker-labels.json"))["labels"]
    for check in checks:
        name = check["id"]
        expect(re.fullmatch(r"[A-Z][A-Za-z]+", check["name"]), "%s: name" % name)
        expect(check["warning"] in sources, "%s: warning is not that of the check" % name)
        expect(not check["short"].endswith("."), "%s: short ends with a full stop" % name)
        row = "| [%s](docs/%s) | %s |" % (name, check["page"], check["finds"])
        expect(row in readme, "%s: README.md lacks the line %s" % (name, row))
        page = read(root, "docs", check["page"])
        options = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
        expect(options == set(check["options"]),
               "%s: its page lists the options %s" % (name, sorted(options)))
        label = ["severity:" + check["severity"].upper()]
        expect(labels.pop(name, None) == label, "%s: label of CodeChecker" % name)
    expect(not labels, "labels of no check: %s" % labels)
    for fault in faults:
        print(fault)
    sys.exit(1 if faults else 0)


main()
