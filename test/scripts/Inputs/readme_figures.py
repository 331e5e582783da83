# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares what the README says of the comparison with reading with its page.

    readme_figures.py ROOT
"""

import re
import sys

TUNED = r"On (\d+) real code bases they report (\d+) of the (\d+) listening ports " \
        r"and (\d+) of the (\d+) retry loops"
FIRST = r"On (\d+) code bases that were read before .*? they reported (\d+) of the (\d+) " \
        r"hazards that one file shows and (\d+) of the (\d+) that need a second one, " \
        r"and (\d+) of the (\d+) reports were true"
NOW = r"across files they now report (\d+) of the (\d+) and (\d+) of the (\d+), " \
      r"and (\d+) of the (\d+) reports are true"


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def section(page, title):
    return page.split("\n## %s\n" % title)[1].split("\n## ")[0]


def tuned_in_page(page):
    sites = re.findall(r"^(\d+) of (\d+) places that should be reported are reported", page, re.M)
    bases = re.findall(r"^\| (?!code base|---)", section(page, "The code"), re.M)
    return [len(bases), *(number for pair in sites for number in pair)]


def totals(text):
    """The three pairs `N of M` of the last row."""
    row = re.search(r"^\| all \|.*$", text, re.M).group()
    return [number for pair in re.findall(r"(\d+) of (\d+)", row) for number in pair]


def first_in_page(page):
    text = section(page, "First contact")
    bases = re.findall(r"^\| (?!all |code base|---)[^|]*\|[^|]*\| \d+ \|", text, re.M)
    return [len(bases), *totals(text)]


def check(said, words, page):
    found = re.search(words, said)
    if not found:
        sys.exit("README.md: no sentence like: " + words)
    numbers = [int(number) for number in page]
    if [int(number) for number in found.groups()] != numbers:
        sys.exit("README.md: says %s where docs/corpus.md has %s" % (found.groups(), numbers))


root = sys.argv[1]
readme = " ".join(read(root + "/README.md").split())
corpus = read(root + "/docs/corpus.md")
check(readme, TUNED, tuned_in_page(corpus))
check(readme, FIRST, first_in_page(corpus))
check(readme, NOW, totals(section(corpus, "Now")))
