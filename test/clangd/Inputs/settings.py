# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""settings.py CLANGD HEADERS STOCK_CLANGD

A user's .clang-tidy and .clangd decide: about our checks, and about all others
as in clangd itself.
"""

import os
import sys
import tempfile

import code
import lsp

clangd, headers, stock = sys.argv[1:]

# bugprone-integer-division is one that clangd runs by default and links to.
SOURCE = code.BUG + "double half(void) { return 1 / 2; }\n"
OURS = "selfconnect-retry-loop"
THEIRS = "bugprone-integer-division"

ALL_BUT = "Diagnostics: {ClangTidy: {Remove: '%s'}}\n"
CASES = [
    ("nothing is set", {}, {OURS, THEIRS}),
    ("only others are listed", {".clang-tidy": "Checks: '-*,bugprone-*'\n"}, {OURS, THEIRS}),
    ("others are taken out", {".clang-tidy": "Checks: '-bugprone-*'\n"}, {OURS}),
    ("ours alone are listed", {".clang-tidy": "Checks: '-*,selfconnect-*'\n"}, {OURS}),
    ("ours are taken out", {".clang-tidy": "Checks: 'bugprone-*,-selfconnect-*'\n"}, {THEIRS}),
    (
        "one of ours is listed, the other is meant to be off",
        {".clang-tidy": "Checks: '-*,selfconnect-ephemeral-listen-port'\n"},
        set(),
    ),
    ("all checks are off", {".clang-tidy": "Checks: '-*'\n"}, set()),
    # To clangd a list of what to take out is a list: its defaults go.
    ("ours are taken out in .clangd", {".clangd": ALL_BUT % "selfconnect-*"}, set()),
    ("others are taken out in .clangd", {".clangd": ALL_BUT % "bugprone-*"}, {OURS}),
    ("all are taken out in .clangd", {".clangd": ALL_BUT % "*"}, set()),
    (
        "only fast checks are wanted",
        {".clangd": "Diagnostics: {ClangTidy: {FastCheckFilter: Strict}}\n"},
        {OURS, THEIRS},
    ),
    (
        "an option of ours is set: 45678 is outside this range",
        {
            ".clang-tidy": "CheckOptions:\n"
            "- {key: selfconnect-retry-loop.EphemeralRange, value: iana}\n"
        },
        {THEIRS},
    ),
]


def run(program, folder, settings):
    server = lsp.Server([program], folder, ["-nostdinc", "-isystem" + headers], settings)
    seen = {each.get("code") for each in server.diagnostics(server.open("client.c", SOURCE))}
    server.stop()
    return seen


failures = []
# Not in the build tree: a .clang-tidy of a folder above would count.
with tempfile.TemporaryDirectory() as temp:
    for number, (name, settings, expected) in enumerate(CASES):
        folder = os.path.join(temp, str(number))
        seen = run(clangd, folder, settings)
        if seen != expected:
            failures.append("%s: expected %s, got %s" % (name, sorted(expected), sorted(seen)))
        without = run(stock, folder + ".stock", settings)
        if without != seen - {OURS}:
            failures.append("%s: clangd itself reports %s" % (name, sorted(without)))
sys.exit("\n".join(failures) or 0)
