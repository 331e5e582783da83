# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""links.py ROOT: each relative link of the pages leads to a file, and to a heading of
it where it names one; each page of docs/ can be reached from docs/index.md."""

import os
import re
import sys

root = os.path.realpath(sys.argv[1])
LINK = re.compile(r"\]\(([^)\s]+)\)")


def pages():
    for directory in (root, os.path.join(root, "docs")):
        for folder, folders, names in os.walk(directory):
            if directory == root:
                folders.clear()
            for name in names:
                if name.endswith(".md"):
                    yield os.path.join(folder, name)


def text_of(page):
    with open(page, encoding="utf-8") as file:
        return re.sub(r"^```.*?^```", "", file.read(), flags=re.M | re.S)


def anchors(page):
    """Those of GitHub: lower case, no punctuation, blanks as dashes, -1 when met again."""
    seen = {}
    for heading in re.findall(r"^#+ (.*)$", text_of(page), re.M):
        heading = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).replace("`", "")
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        seen[anchor] = seen.get(anchor, -1) + 1
        yield anchor if not seen[anchor] else "%s-%d" % (anchor, seen[anchor])


faults = []
leads = {}
for page in pages():
    leads[page] = set()
    for link in LINK.findall(text_of(page)):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = os.path.normpath(os.path.join(os.path.dirname(page), path)) if path else page
        shown = "%s: %s" % (os.path.relpath(page, root), link)
        if not os.path.exists(target):
            faults.append(shown + ": no such file")
        elif anchor and anchor not in anchors(target):
            faults.append(shown + ": no such heading")
        leads[page].add(target)

reached = set()
ahead = [os.path.join(root, "docs", "index.md")]
while ahead:
    page = ahead.pop()
    if page not in reached:
        reached.add(page)
        ahead += leads.get(page, ())
for page in leads:
    if os.path.dirname(page) != root and page not in reached:
        faults.append("%s: no way from docs/index.md leads there" % os.path.relpath(page, root))

print("\n".join(sorted(faults)), end="\n" if faults else "")
sys.exit(1 if faults else 0)
