# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""neovim.py CLANGD TEMP HEADERS: Neovim's built-in client shows the warning."""

import json
import os
import shutil
import subprocess
import sys

import code

clangd, temp, headers = sys.argv[1:]
folder = os.path.realpath(temp)
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(os.path.join(folder, "home"))
for name, text in (
    ("client.c", code.BUG),
    ("compile_flags.txt", "-nostdinc\n-isystem%s\n" % headers),
):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)

home = os.path.join(folder, "home")
script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "neovim.lua")
done = subprocess.run(
    ["nvim", "--headless", "-u", "NONE", "-S", script],
    env=dict(
        os.environ,
        HOME=home,
        XDG_CONFIG_HOME=home,
        SELFCONNECT_TEST_FOLDER=folder,
        SELFCONNECT_TEST_CLANGD=clangd,
    ),
    capture_output=True,
    text=True,
    timeout=120,
    check=False,
)
seen_path = os.path.join(folder, "seen.json")
assert os.path.exists(seen_path), done.stdout + done.stderr
with open(seen_path, encoding="utf-8") as file:
    (warning,) = json.load(file)["warnings"]
assert "can connect to itself" in warning["message"], warning
line = code.BUG.splitlines()[warning["line"]]
assert line[warning["column"] :].startswith(code.CALL), warning
