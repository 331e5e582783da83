# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""code_actions.py CLANGD TEMP GUARD_INCLUDE: fixes, one after the other."""

import re
import shutil
import sys

import code
import lsp

clangd, temp, guard_include = sys.argv[1:]
shutil.rmtree(temp, ignore_errors=True)
server = lsp.Server([clangd], temp, ["-I" + guard_include])

# Twice in one file: the header is needed once.
second = code.BUG[code.BUG.index("int main") :].replace("main", "other")
document = server.open("client.c", code.BUG + second)
for left in (2, 1):
    found = lsp.ours(server.diagnostics(document))
    assert len(found) == left, (left, found)
    titles = [each["title"] for each in server.actions(document, found[0])]
    fixes = [
        each for each in server.actions(document, found[0])
        if "selfconnect_connect" in str(each.get("edit"))
    ]
    assert len(fixes) == 1, titles
    assert fixes[0]["kind"] == "quickfix"
    # The action tells which warning it mends, without a link to nowhere.
    (mended,) = fixes[0]["diagnostics"]
    assert mended["code"] == "selfconnect-retry-loop", mended
    assert "codeDescription" not in mended, mended
    server.change(document, lsp.edited(document, fixes[0]["edit"]))

# Nothing is left to say, not even of the compiler, and nothing else has changed.
assert server.diagnostics(document) == [], server.diagnostics(document)
assert document.text.count("#include <selfconnect/guard.h>\n") == 1
undone = document.text.replace("#include <selfconnect/guard.h>\n", "")
undone, calls = re.subn(r"\bselfconnect_connect\(", "connect(", undone)
assert calls == 2 and undone == code.BUG + second, document.text

# Where the result goes unused there is no edit to offer.
unused = code.BUG.replace("if (%s == 0)\n      return 0;" % code.CALL, code.CALL + ";")
assert unused != code.BUG
document = server.open("unused.c", unused)
(warning,) = lsp.ours(server.diagnostics(document))
for action in server.actions(document, warning):
    assert "selfconnect_connect" not in str(action.get("edit")), action
server.stop()
