# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""broken_code.py CLANGD TEMP HEADERS SOURCES [--all]

Each test source of the checks is cut at its lines and in the middle of them,
as someone types it; then words are taken out of the whole and put back: the
server must neither crash nor hang. Each state is checked: the next is sent when
the diagnostics of this one are there. Without --all, every twentieth line and every
eightieth word of each file.
"""

import glob
import os
import re
import sys
import time

import code
import lsp

clangd, temp, headers, sources = sys.argv[1:5]
assert sys.argv[5:] in ([], ["--all"]), sys.argv[5:]
STEP = 1 if sys.argv[5:] else 20


def states(text, shift):
    """What the file looks like while someone types it, then edits it."""
    lines = text.splitlines(keepends=True)
    for end in range(len(lines)):
        if (end + shift) % STEP == 0:
            head = "".join(lines[:end])
            yield head
            yield head + lines[end][: len(lines[end]) // 2]
    for number, match in enumerate(re.finditer(r"\w+|[{};(),=]", text)):
        if (number + shift) % (4 * STEP) == 0:
            yield text
            yield text[: match.start()] + text[match.end() :]
    yield text


def main():
    paths = sorted(glob.glob(os.path.join(sources, "*.c")))
    paths += sorted(glob.glob(os.path.join(sources, "*.cpp")))
    assert len(paths) > 30, paths
    server = lsp.Server([clangd], temp, ["-nostdinc", "-isystem" + headers])
    count = warnings = 0
    begin = time.monotonic()
    for shift, path in enumerate(paths):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        # The comments hold what the check's own tests expect.
        text = re.sub(r"^ *// (CHECK|RUN).*\n", "", text, flags=re.M)
        document = server.open(os.path.basename(path), "")
        for state in states(text, shift):
            if state == document.text:
                continue  # nothing new, so no new diagnostics either
            server.change(document, state, now=True)
            try:
                warnings += len(lsp.ours(server.diagnostics(document)))
            except (lsp.ServerDied, lsp.Hang) as error:
                server.kill()
                sys.exit("%s\nwith this text of %s:\n%s" % (error, path, state))
            count += 1
        server.close(document)

    # The checks ran on what was left of their code.
    assert warnings > count, (warnings, count)
    # It is still in its right mind.
    document = server.open("client.c", code.BUG)
    assert len(lsp.ours(server.diagnostics(document))) == 1
    server.stop()
    print("%d files, %d states, %d s" % (len(paths), count, time.monotonic() - begin))


main()
