# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A block of a page that a benchmark writes, between its two marks."""

import os
import re
import sys


def give_up(page, error):
    sys.exit(
        "%s: write %s: %s; give another page"
        % (os.path.basename(sys.argv[0]), page, error.strerror)
    )


def check(page):
    """Ends the program, before it measures for long, if the page cannot be
    written. Does nothing without a page."""
    if not page:
        return
    is_new = not os.path.exists(page)
    try:
        with open(page, "a", encoding="utf-8"):
            pass
        if is_new:
            os.remove(page)
    except OSError as error:
        give_up(page, error)


def write(page, begin, block, end):
    text = "# Measurements\n"
    block = begin + block + end
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    try:
        if os.path.exists(page):
            with open(page, encoding="utf-8") as file:
                text = file.read()
        if re.search(pattern, text, re.S):
            text = re.sub(pattern, lambda _: block, text, flags=re.S)
        else:
            text += "\n" + block
        with open(page, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        give_up(page, error)
