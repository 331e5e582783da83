# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""refused.py MODULE CLANG_TIDY WORK: that clang-tidy must refuse the module.

In each use other checks are on, too: without the gate the module finds nothing,
and the run looks clean. Each use must name both majors and exit with an error,
except where LLVM's own script drops the exit code.
"""

import os
import re
import shutil
import subprocess
import sys

module, program, work = sys.argv[1:]
built_for = re.search(r"selfconnect-tidy-(\d+)", os.path.basename(module))[1]
running = re.search(r"llvm-(\d+)", program)[1]
major = int(running)
root = os.path.dirname(os.path.dirname(program))

CHECKS = "-checks=-*,bugprone-*,selfconnect-*"
SOURCE = "int answer(void);\n"
DIFF = "--- a.c\n+++ a.c\n@@ -0,0 +1 @@\n+" + SOURCE

shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)


def write(name, text):
    path = os.path.join(work, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


source = write("a.c", SOURCE)
write(
    "compile_commands.json",
    '[{"directory": "%s", "file": "a.c", "command": "cc -c a.c"}]' % work,
)
write(
    "CMakeLists.txt",
    "cmake_minimum_required(VERSION 3.25)\nproject(user C)\nadd_library(a OBJECT a.c)\n",
)

# The scripts of 14 have no -load: a wrapper gives it.
if major >= 15:
    script_use = ["-load=" + module, "-clang-tidy-binary", program]
else:
    wrapper = write("wrapper", '#!/bin/sh\nexec "%s" "-load=%s" "$@"\n' % (program, module))
    os.chmod(wrapper, 0o755)
    script_use = ["-clang-tidy-binary", wrapper]


def refused(*command, standard_input=None, exit_code=True):
    done = subprocess.run(
        command, input=standard_input, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, cwd=work, timeout=120, check=False,
    )
    print(" ".join(command), "->", done.returncode, done.stdout, sep="\n")
    if exit_code and done.returncode <= 0:
        sys.exit("must exit with an error")
    for number in (built_for, running):
        if not re.search(r"this module is built .*\b%s\b" % number, done.stdout):
            sys.exit("must name %s" % number)


load = [program, "-load=" + module, CHECKS]
refused(*load, "--list-checks")
refused(*load, source, "--")
if major >= 15:  # 14 has no such option
    refused(*load, "--verify-config")

# Python wants them named: the folders differ in what is executable.
refused(
    sys.executable, os.path.join(root, "bin", "run-clang-tidy"), "-p", work, CHECKS,
    *script_use, "a.c",
)
refused(
    sys.executable, os.path.join(root, "share", "clang", "clang-tidy-diff.py"), "-p0",
    CHECKS, *script_use, "-path", work,
    standard_input=DIFF,
    exit_code=major >= 19,  # before, the script exits with 0 whatever happens
)

build = os.path.join(work, "build")
subprocess.run(
    ["cmake", "-G", "Ninja", "-S", work, "-B", build,
     "-DCMAKE_C_CLANG_TIDY=" + ";".join(load)],
    stdout=subprocess.DEVNULL, check=True,
)
refused("cmake", "--build", build)
