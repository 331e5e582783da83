# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""shown_commands.py ROOT BUILD LLVM_BIN MODULE WORK: runs the commands that README.md
and the pages of docs/ show, each block in a fresh copy of one small project, and
compares exit code and output. What is not run stands in exceptions.txt, with the
reason; a line there that no page shows any more is a fault as well.

The project has the files that the pages give in full (client.c), and those of
Inputs/shown_commands. The programs of LLVM 19 are those of the LLVM that is tested."""

import json
import os
import re
import shutil
import subprocess
import sys

here = os.path.join(os.path.dirname(os.path.abspath(__file__)), "shown_commands")
sys.path.insert(0, here)
import pages  # noqa: E402

root, build, llvm_bin, module, work = map(os.path.abspath, sys.argv[1:])
project, template = work + "/project", work + "/template"
faults = []

# What the pages take for granted.
PRELUDE = """M=build/lib/selfconnect/selfconnect-tidy-19.so
fpath=("" "$HOME")
"""


def link(target, *path):
    name = os.path.join(*path)
    os.makedirs(os.path.dirname(name), exist_ok=True)
    os.symlink(target, name)


def make_project():
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(project + "/home/.config/fish/completions")
    for path, text in pages.pages(root):
        for name, content in pages.shown_files(text):
            with open(os.path.join(project, name), "w", encoding="utf-8") as file:
                file.write(content)
    for name in os.listdir(here):
        if name.endswith((".c", ".cpp")) or name == "client":
            shutil.copy(os.path.join(here, name), project)
    shutil.copy(project + "/client.c", project + "/file.c")
    for name in ("selfconnect", "selfconnect-clang-tidy", "selfconnect-clangd"):
        link(os.path.join(build, "bin", name), project, "build/bin", name)
    for name in ("clang-tidy-19", "clang-tidy", "run-clang-tidy-19", "run-clang-tidy-14"):
        program = re.sub(r"-\d+$", "", name)
        link(os.path.join(llvm_bin, program), work, "bin", name)
    link(module, project, "build/lib/selfconnect/selfconnect-tidy-19.so")
    with open(project + "/build/compile_commands.json", "w", encoding="utf-8") as file:
        json.dump([{"directory": project, "file": name,
                    "arguments": ["cc", "-O2", "-c", name]}
                   for name in ("client.c", "server.cpp")], file)
    link("build/compile_commands.json", project, "compile_commands.json")
    subprocess.run(
        [llvm_bin + "/clang-tidy", "-load=" + module, "-checks=-*,selfconnect-*",
         "--export-fixes=findings.yaml", "client.c", "--", "-O2"],
        cwd=project, check=True, capture_output=True)
    shutil.copytree(project, template, symlinks=True)


environment = dict(os.environ, HOME=project + "/home",
                   PATH="%s/bin:%s/build/bin:%s" % (work, project, os.environ["PATH"]))


def run(commands):
    """In one shell; for each its exit code and what it printed."""
    shutil.rmtree(project)
    shutil.copytree(template, project, symlinks=True)
    script = PRELUDE
    for number, command in enumerate(commands):
        script += "{ %s\n} >%s/out.%d 2>&1 </dev/null; echo $? >%s/rc.%d\n" % (
            command, work, number, work, number)
    done = subprocess.run(["bash"], input=script, text=True, cwd=project, env=environment,
                          capture_output=True)
    assert not done.stderr, done.stderr
    for number in range(len(commands)):
        with open("%s/rc.%d" % (work, number)) as rc, open(
                "%s/out.%d" % (work, number), errors="replace") as out:
            yield int(rc.read()), out.read().replace(project + "/", "")


def masked(line):
    """The try at which it happens is never the same."""
    return re.sub(r"at try \d+", "at try N", line.rstrip())


def missing(shown, printed):
    """The first line of the page that is not printed, after those before it."""
    lines = iter(map(masked, printed.splitlines()))
    for line in map(masked, shown):
        if line not in ("", "...") and line not in lines:
            return line
    return None


make_project()
exceptions = pages.Exceptions(os.path.join(here, "exceptions.txt"))
seen = set()
count = 0
for path, text in pages.pages(root):
    for block in pages.blocks(text):
        todo = [(command, shown, exceptions.of(pages.plain(command)))
                for command, shown in block]
        todo = [(command, shown, *how) for command, shown, how in todo if how[0] is not None]
        new = [pages.plain(command) for command, shown, *_ in todo
               if shown or pages.plain(command) not in seen]
        if not new:
            continue
        seen.update(new)
        count += len(todo)
        results = run([command for command, *_ in todo])
        for (command, shown, codes, own), (code, printed) in zip(todo, results):
            where = "%s: %s" % (path, pages.plain(command))
            if code not in codes:
                faults.append("%s: exit code %d\n%s" % (where, code, printed))
            elif not own and missing(shown, printed) is not None:
                faults.append("%s: does not print: %s\n%s" % (where, missing(shown, printed), printed))
faults += ["exceptions.txt: no page shows: " + command for command in exceptions.unused()]
print("%d commands were run" % count, *faults, sep="\n")
sys.exit(bool(faults))
