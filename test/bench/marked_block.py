# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A block of a page that a benchmark writes, between its two marks."""

import os
import re


def write(page, begin, block, end):
    text = "# Measurements\n"
    if os.path.exists(page):
        with open(page, encoding="utf-8") as file:
            text = file.read()
    block = begin + block + end
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    if re.search(pattern, text, re.S):
        text = re.sub(pattern, lambda _: block, text, flags=re.S)
    else:
        text += "\n" + block
    with open(page, "w", encoding="utf-8") as file:
        file.write(text)
