# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""choose_llvm.py SETUP WORK MAJOR...: setupChooseLLVM on machines made up here.
The majors are those that CMake names as tested.

A machine is a folder with an os-release, a dpkg-query that knows a list of packages,
and perhaps a clang-tidy. It is all of PATH, so that what is installed here does not
count.
"""

import os
import re
import shutil
import subprocess
import sys

setup, work = sys.argv[1:3]
majors = sys.argv[3:]
BASH = shutil.which("bash")


def whole(major):
    """What it takes to build and test with that LLVM."""
    return [
        name % major
        for name in ("clang-tidy-%d", "libclang-%d-dev", "llvm-%d-dev", "llvm-%d-tools")
    ]


def program(name, text):
    path = os.path.join(work, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write("#!%s\n%s" % (BASH, text))
    os.chmod(path, 0o755)


def choose(packages, on_path, asked, release="bookworm"):
    shutil.rmtree(work, ignore_errors=True)
    os.makedirs(work)
    # A package that was removed is known, too, as not installed.
    known = "".join("%s) echo -n installed ;;\n" % name for name in packages)
    program("dpkg-query", 'case ${!#} in\n%sllvm-16-dev) echo -n config-files ;;\n'
            "*) exit 1 ;;\nesac\n" % known)
    if on_path:
        program("clang-tidy", 'echo "Debian LLVM version %s.0.6"\n' % on_path)
    return run('setupChooseLLVM $2; echo "$llvmMajor $buildDir"', asked, release)


def run(script, argument, release):
    os_release = os.path.join(work, "os-release")
    with open(os_release, "w", encoding="utf-8") as file:
        file.write("VERSION_CODENAME=%s\n" % release)
    done = subprocess.run(
        [BASH, "-euo", "pipefail", "-c", 'root=/nowhere; . "$1"; ' + script, "bash",
         setup, argument],
        env={"PATH": work, "SELFCONNECT_OS_RELEASE": os_release},
        capture_output=True, text=True, check=False,
    )
    return done.returncode, done.stdout.strip(), done.stderr


BUILD = "/nowhere/build"
CASES = [
    ("nothing is installed", [], "", "", "19 " + BUILD),
    ("14 alone", whole(14), "", "", "14 " + BUILD),
    ("22 alone", whole(22), "", "", "22 " + BUILD),
    ("14 and 22", whole(14) + whole(22), "", "", "22 " + BUILD),
    ("the program of 14, no headers", ["clang-tidy-14"], "", "", "14 " + BUILD),
    ("the program of 22, 15 whole", ["clang-tidy-22"] + whole(15), "", "", "15 " + BUILD),
    ("16 whole but for what was removed", whole(16)[:2] + whole(16)[3:] + whole(15), "", "",
     "15 " + BUILD),
    ("14 is clang-tidy, 22 whole", whole(22), "14", "", "14 " + BUILD),
    ("clang-tidy is too new to know", whole(16), "99", "", "16 " + BUILD),
    ("clang-tidy is of none of ours", [], "17", "", "19 " + BUILD),
    ("17 is clang-tidy and whole, from elsewhere", whole(17), "17", "", "17 " + BUILD),
    ("99 is clang-tidy and whole, newer than what was tested", whole(99), "99", "", "99 " + BUILD),
    ("asked for", whole(14), "14", "22", "22 /nowhere/build-llvm22"),
    ("asked for, newer than what was tested", [], "", "24", "24 /nowhere/build-llvm24"),
]

for name, packages, on_path, asked, expected in CASES:
    status, output, errors = choose(packages, on_path, asked)
    if (status, output, errors) != (0, expected, ""):
        sys.exit("%s: %r, not %r\n%s" % (name, output, expected, errors))

# Each release chooses of its own LLVMs; together they have all that are tested.
RELEASES = {"bookworm": "19", "trixie": "19", "forky": "22", "sid": "22"}
of_releases = set()
for release, expected in RELEASES.items():
    status, output, errors = choose([], "", "", release)
    if output != "%s %s" % (expected, BUILD):
        sys.exit("%s: %r, not %r\n%s" % (release, output, expected, errors))
    of_releases |= set(run('echo "$releaseLLVM"', "", release)[1].split())
if of_releases != set(majors):
    sys.exit("the releases have %s, CMake tests %s" % (sorted(of_releases), majors))

status, output, errors = choose(whole(14), "", "13")
if status != 2 or "--llvm 13: not supported" not in errors:
    sys.exit("an LLVM that is not supported: exit code %d\n%s" % (status, errors))
