# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what the README says of the comparison with reading with its page.

    readme_figures.py ROOT
"""

import re
import sys

WORDS = r"On (\d+) real code bases they report (\d+) of the (\d+) listening ports " \
        r"and (\d+) of the (\d+) retry loops"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def count_in_page(page):
    ports, retries = re.findall(r"^(\d+) of (\d+) places that should be reported are reported", page, re.M)
    code = page.split("\n## The code\n")[1].split("\n## ")[0]
    bases = len(re.findall(r"^\| (?!code base|---)", code, re.M))
    return tuple(int(n) for n in (bases, *ports, *retries))


root = sys.argv[1]
page = count_in_page(read(root + "/docs/corpus.md"))
said = re.search(WORDS, " ".join(read(root + "/README.md").split()))
if not said:
    sys.exit("README.md: no sentence like: " + WORDS)
said = tuple(int(n) for n in said.groups())
if said != page:
    sys.exit("README.md: says %s where docs/corpus.md has %s" % (said, page))
