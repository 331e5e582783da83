# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""drop_in.py CLANGD TEMP STOCK_CLANGD: it takes clangd's place."""

import os
import shutil
import subprocess
import sys

import lsp

clangd, temp, stock = sys.argv[1:]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# The same version, and an honest list of features.
mine, theirs = output(clangd, "--version"), output(stock, "--version")
assert mine.splitlines()[0] == theirs.splitlines()[0], (mine, theirs)
features = mine.splitlines()[1]
assert "+selfconnect-" in features and features.endswith("-grpc"), features
assert "+grpc" not in features, features

# The compiler's own headers are found although the program is not LLVM's place.
shutil.rmtree(temp, ignore_errors=True)
server = lsp.Server([clangd], temp)
document = server.open("sizes.c", "#include <stddef.h>\nsize_t n = offsetof(struct { int a; }, a);\n")
assert server.diagnostics(document) == [], server.diagnostics(document)
server.stop()

# A remote index in the user's settings is left alone, and said to be.
REMOTE = "Index: {External: {Server: '127.0.0.1:1', MountPoint: %s}}\n"
settings = {"home/clangd/config.yaml": REMOTE % os.path.realpath(temp)}
server = lsp.Server([clangd], temp, files=settings)
document = server.open("plain.c", "int f(void);\nint g(void) { return f(); }\n")
server.diagnostics(document)
symbols = server.request("workspace/symbol", {"query": "g"})
assert [each["name"] for each in symbols] == ["g"], symbols
server.request(
    "textDocument/completion",
    {"textDocument": {"uri": document.uri}, "position": {"line": 1, "character": 22}},
)
server.stop()
with open(os.path.join(temp, "clangd.log"), encoding="utf-8") as file:
    log = file.read()
assert "remote index at 127.0.0.1:1 is not used" in log, log[-2000:]

# Features of clangd that have nothing to do with warnings.
server = lsp.Server([clangd], temp + ".features")
document = server.open("main.cpp", "int square(int x) { return x * x; }\nint nine = square(3);\n")
server.diagnostics(document)
place = {"textDocument": {"uri": document.uri}, "position": {"line": 1, "character": 13}}
(where,) = server.request("textDocument/definition", place)
assert where["range"]["start"] == {"line": 0, "character": 4}, where
assert "square" in str(server.request("textDocument/hover", place))
server.stop()
