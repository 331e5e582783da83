# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""broken_code.py CLANGD TEMP HEADERS SOURCES [--all]

Types the test sources of the checks into one server, line by line, and then
takes words out of their middle: it must neither crash nor hang. Each state of
each file is checked: the next is sent when the diagnostics of this one are
there. Without --all, a few files and every fifth line.
"""

import glob
import os
import re
import sys

import code
import lsp

clangd, temp, headers, sources = sys.argv[1:5]
everything = sys.argv[5:] == ["--all"]
FEW = ["retry-loop-classic.c", "retry-loop-cpp.cpp", "ephemeral-listen-port-classes.cpp"]
STEP = 1 if everything else 5


def states(text):
    """What the file looks like while someone types it, then edits it."""
    lines = text.splitlines(keepends=True)
    for end in range(1, len(lines) + 1):
        if end % STEP == 0:
            yield "".join(lines[:end])
            # In the middle of the next line.
            if end < len(lines):
                yield "".join(lines[:end]) + lines[end][: len(lines[end]) // 2]
    for number, match in enumerate(re.finditer(r"[{};(),=]", text)):
        if number % (4 * STEP) == 0:
            yield text[: match.start()] + text[match.end() :]


paths = sorted(glob.glob(os.path.join(sources, "*.c")) + glob.glob(os.path.join(sources, "*.cpp")))
if not everything:
    paths = [path for path in paths if os.path.basename(path) in FEW]
    assert len(paths) == len(FEW), paths
server = lsp.Server([clangd], temp, ["-nostdinc", "-isystem" + headers])
count = 0
for path in paths:
    with open(path, encoding="utf-8") as file:
        text = file.read()
    # The comments hold what the check's own tests expect.
    text = re.sub(r"^ *// (CHECK|RUN).*\n", "", text, flags=re.M)
    document = server.open(os.path.basename(path), "")
    for state in states(text):
        if state == document.text:
            continue  # nothing new, so no new diagnostics either
        server.change(document, state)
        try:
            server.diagnostics(document)
        except (lsp.ServerDied, lsp.Hang) as error:
            server.kill()
            sys.exit("%s\nwith this text of %s:\n%s" % (error, path, state))
        count += 1
    server.close(document)

# It is still in its right mind.
document = server.open("client.c", code.BUG)
assert len(lsp.ours(server.diagnostics(document))) == 1
server.stop()
print(count, "states")
