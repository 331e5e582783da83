# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""neovim.py CLANGD TEMP GUARD_INCLUDE PAGE: with the settings that PAGE has,
Neovim's built-in client shows the warning, and the user takes the fix."""

import json
import os
import re
import shutil
import subprocess
import sys

import code

clangd, temp, guard_include, page = sys.argv[1:]
folder = os.path.realpath(temp)
shutil.rmtree(folder, ignore_errors=True)
os.makedirs(os.path.join(folder, "home", "nvim"))
with open(page, encoding="utf-8") as file:
    (settings,) = re.findall(r"^## Neovim\n.*?^```lua\n(.*?)^```$", file.read(), re.M | re.S)
for name, text in (
    ("home/nvim/init.lua", settings),
    ("client.c", code.BUG),
    ("compile_flags.txt", "-I%s\n" % guard_include),
):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)

home = os.path.join(folder, "home")
script = os.path.join(os.path.dirname(os.path.abspath(__file__)), "neovim.lua")
done = subprocess.run(
    ["nvim", "--headless", "-S", script],
    cwd=folder,
    env=dict(
        os.environ,
        HOME=home,
        XDG_CONFIG_HOME=home,
        SELFCONNECT_TEST_FOLDER=folder,
        PATH=os.path.dirname(clangd) + os.pathsep + os.environ["PATH"],
    ),
    capture_output=True,
    text=True,
    timeout=120,
    check=False,
)
seen_path = os.path.join(folder, "seen.json")
assert os.path.exists(seen_path), done.stdout + done.stderr
with open(seen_path, encoding="utf-8") as file:
    seen = json.load(file)
assert "error" not in seen, seen
(warning,) = seen["warnings"]
assert "can connect to itself" in warning["message"], warning
line = code.BUG.splitlines()[warning["line"]]
assert line[warning["column"] :].startswith(code.CALL), warning

# The user chose the fix, saved, and the warning went.
assert seen["after"] == [], seen
with open(os.path.join(folder, "client.c"), encoding="utf-8") as file:
    saved = file.read()
expected = code.BUG.replace("connect(fd", "selfconnect_connect(fd")
expected = expected.replace("<unistd.h>\n", "<unistd.h>\n#include <selfconnect/guard.h>\n")
assert saved == expected, saved
