# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""broken_code.py CLANGD STOCK TEMP HEADERS SOURCES [--all]

Each test source of the checks is cut at its lines and in the middle of them,
as someone types it; then words are taken out of the whole and put back: the
server must neither crash nor hang. Each state is checked: the next is sent when
the diagnostics of this one are there. Without --all, every twentieth line and every
eightieth word of each file.

clangd itself does crash on some edits: 19 and 22 do when `define` is taken out of
`#define NAME "text"` and put back, as they then read the text where the preamble
before had it, if the next one is not there yet. Where ours dies by a signal, the
STOCK clangd gets the last two states in turn; if it dies of them as well, that is
printed and a new server goes on.
"""

import glob
import os
import re
import sys
import time

import code
import lsp

clangd, stock, temp, headers, sources = sys.argv[1:6]
assert sys.argv[6:] in ([], ["--all"]), sys.argv[6:]
STEP = 1 if sys.argv[6:] else 20
TURNS = 20  # the crash above comes within two


def start(command, folder):
    return lsp.Server([command], folder, ["-nostdinc", "-isystem" + headers])


def stock_dies_too(name, before, state):
    """Whether stock clangd dies by a signal on the way between the two states."""
    server = start(stock, temp + ".stock")
    document = server.open(name, "")
    try:
        for _ in range(TURNS):
            for each in (before, state):
                server.change(document, each, now=True)
                server.diagnostics(document)
    except lsp.ServerDied:
        return server.process.returncode < 0
    server.kill()
    return False


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
    server = start(clangd, temp)
    count = warnings = 0
    begin = time.monotonic()
    for shift, path in enumerate(paths):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        # The comments hold what the check's own tests expect.
        text = re.sub(r"^ *// (CHECK|RUN).*\n", "", text, flags=re.M)
        name = os.path.basename(path)
        document = server.open(name, "")
        for state in states(text, shift):
            before = document.text
            if state == before:
                continue  # nothing new, so no new diagnostics either
            count += 1
            try:
                server.change(document, state, now=True)
                warnings += len(lsp.ours(server.diagnostics(document)))
            except lsp.ServerDied as error:
                if server.process.returncode >= 0 or not stock_dies_too(name, before, state):
                    sys.exit("%s\nwith this text of %s:\n%s" % (error, path, state))
                print("%s, state %d: stock clangd dies here as well" % (name, count))
                server = start(clangd, temp)
                document = server.open(name, "")
            except lsp.Hang as error:
                server.kill()
                sys.exit("%s\nwith this text of %s:\n%s" % (error, path, state))
        server.close(document)

    # The checks ran on what was left of their code.
    assert warnings > count, (warnings, count)
    # It is still in its right mind.
    document = server.open("client.c", code.BUG)
    assert len(lsp.ours(server.diagnostics(document))) == 1
    server.stop()
    print("%d files, %d states, %d s" % (len(paths), count, time.monotonic() - begin))


main()
