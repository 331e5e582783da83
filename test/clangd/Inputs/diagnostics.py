# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""diagnostics.py CLANGD TEMP HEADERS: warnings come and go while a user types."""

import os
import sys

import code
import lsp

clangd, temp, headers = sys.argv[1:]
server = lsp.Server([clangd], temp, ["-nostdinc", "-isystem" + headers])

document = server.open("client.c", code.NO_RETRY)
assert lsp.ours(server.diagnostics(document)) == [], "no retry, so nothing to warn of"

# The user deletes the line that ends the loop.
server.change(document, code.BUG)
found = lsp.ours(server.diagnostics(document))
assert [each["code"] for each in found] == ["selfconnect-retry-loop"], found
warning = found[0]
assert warning["severity"] == 2, "a warning"
assert lsp.text_of(code.BUG, warning["range"]) == code.CALL
assert "retried connect() can connect to itself" in warning["message"].lower()

# The notes, each where it belongs.
notes = {note["message"]: note["location"] for note in warning["relatedInformation"]}
assert all(where["uri"] == document.uri for where in notes.values())


def line_of(words):
    (where,) = [where for text, where in notes.items() if words in text.lower()]
    return code.BUG.splitlines()[where["range"]["start"]["line"]]


assert "socket(AF_INET" in line_of("a new socket is created on each iteration")
assert "for (;;)" in line_of("the loop is here")
assert code.CALL in line_of("reproduce with: selfconnect reproduce 127.0.0.1:45678")

# There is no page of LLVM's about our check, so there is no link to it.
assert "codeDescription" not in warning, warning["codeDescription"]

# A note within a macro, as htons() is in an optimised build, stands in the file.
MACRO = "#include <unistd.h>\n#define htons(n) __builtin_bswap16(n)\n"
server.change(document, code.BUG.replace("#include <unistd.h>\n", MACRO))
(warning,) = lsp.ours(server.diagnostics(document))
(where,) = [note["location"]["range"] for note in warning["relatedInformation"]
            if note["message"].lower() == "port 45678 comes from here"]
assert where["start"]["line"] == code.BUG.splitlines().index("  there.sin_port = htons(45678);") + 1

# The bug goes with the next edit, and so does the warning.
server.change(document, code.NO_RETRY)
assert lsp.ours(server.diagnostics(document)) == []
server.stop()

# A program that is installed with its pages links to them.
prefix = os.path.join(os.path.realpath(temp), "a prefix")
for folder in ("bin", "share/doc/selfconnect/checks"):
    os.makedirs(os.path.join(prefix, folder), exist_ok=True)
page = os.path.join(prefix, "share/doc/selfconnect/checks/selfconnect-retry-loop.md")
with open(page, "w", encoding="utf-8") as file:
    file.write("# selfconnect-retry-loop\n")
installed = os.path.join(prefix, "bin", "selfconnect-clangd")
if os.path.exists(installed):
    os.remove(installed)
os.link(os.path.realpath(clangd), installed)
server = lsp.Server([installed], temp, ["-nostdinc", "-isystem" + headers])
document = server.open("client.c", code.BUG)
(warning,) = lsp.ours(server.diagnostics(document))
href = warning["codeDescription"]["href"]
assert href == "file://" + page.replace(" ", "%20"), href
server.stop()
