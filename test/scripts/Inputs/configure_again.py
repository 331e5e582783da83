# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""configure_again.py SETUP WORK: setupBuild, one call after the other, in a project
whose CMakeLists.txt looks for one file, as it looks for what is installed."""

import os
import shutil
import subprocess
import sys

setup, work = sys.argv[1:]
shutil.rmtree(work, ignore_errors=True)
os.makedirs(work)


def write(name, text):
    with open(os.path.join(work, name), "w", encoding="utf-8") as file:
        file.write(text)


def build(major="19", options=""):
    """Returns whether it configured, and whether the file was found."""
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c",
         'root=$2; . "$1"; dpkgStatus=$2/status; buildDir=$2/build; llvmMajor=$3; setupBuild default -- $4',
         "bash", setup, work, major, options],
        capture_output=True, text=True, check=False,
    )
    if done.returncode != 0:
        sys.exit(done.stdout + done.stderr)
    return "configuring" in done.stderr, os.path.exists(os.path.join(work, "build/found"))


def expect(name, was, expected):
    if was != expected:
        sys.exit("%s: (configured, found) is %r, not %r" % (name, was, expected))


def touch(name, seconds_after_build):
    built = os.stat(os.path.join(work, "build/CMakeFiles/cmake.check_cache")).st_mtime
    os.utime(os.path.join(work, name), (built + seconds_after_build,) * 2)


def touch_status(seconds_after_build):
    touch("status", seconds_after_build)


write("CMakeLists.txt", """
cmake_minimum_required(VERSION 3.25)
project(looks_for_one_file NONE)
set(SELFCONNECT_LLVM "" CACHE STRING "")
find_file(FOUND installed PATHS "${PROJECT_SOURCE_DIR}" NO_DEFAULT_PATH)
if(FOUND)
  file(WRITE "${PROJECT_BINARY_DIR}/found" "")
endif()
""")
write("CMakePresets.json", """
{"version": 3, "configurePresets": [{"name": "default", "generator": "Ninja"}]}
""")
write("status", "")

expect("the first time", build(), (True, False))
touch_status(-1)
expect("nothing has changed", build(), (False, False))
write("installed", "")
touch_status(+1)
expect("a package was installed", build(), (True, True))
touch_status(-1)
expect("nothing has changed since", build(), (False, True))
expect("another LLVM is asked for", build("22"), (True, True))
touch_status(-1)
expect("an option is asked for", build("22", "-DEXTRA=ON"), (True, True))
expect("it is so already", build("22", "-DEXTRA=ON"), (False, True))
expect("it is asked for otherwise", build("22", "-DEXTRA=OFF"), (True, True))
touch("CMakePresets.json", +1)
expect("the presets have changed", build("22", "-DEXTRA=OFF"), (True, True))
