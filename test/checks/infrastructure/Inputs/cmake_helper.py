# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""cmake_helper.py DIR MODULE CLANG_TIDY [OTHER_CLANG_TIDY...]

Configures and builds a project that calls selfconnect_enable(). With other
clang-tidys, only that each of them is refused.
"""

import os
import re
import shutil
import subprocess
import sys

work, module, clang_tidy, others = sys.argv[1], sys.argv[2], sys.argv[3], sys.argv[4:]
# MODULE is BUILD/lib/selfconnect/NAME, and the helper is written to BUILD/checks.
build_dir = os.path.dirname(os.path.dirname(os.path.dirname(module)))
major = re.search(r"selfconnect-tidy-(\d+)", module)[1]
helper = os.path.join(build_dir, "checks", "selfconnect-tidy-%s.cmake" % major)

shutil.rmtree(work, ignore_errors=True)
source = os.path.join(work, "source")
os.makedirs(source)
prefix = os.path.join(work, "prefix")
installed = os.path.join(prefix, "lib", "selfconnect", os.path.basename(module))
os.makedirs(os.path.dirname(installed))
package = os.path.join(prefix, "lib", "cmake", "selfconnect")
os.makedirs(package)
shutil.copy(helper, package)


def write(name, text):
    with open(os.path.join(source, name), "w", encoding="utf-8") as file:
        file.write(text)


write(
    "CMakeLists.txt",
    """cmake_minimum_required(VERSION 3.25)
project(user C)
include("%s")
add_library(dial OBJECT dial.c)
selfconnect_enable(${ENABLED})
"""
    % os.path.join(package, os.path.basename(helper)),
)
write(
    "dial.c",
    """#include <arpa/inet.h>
#include <sys/socket.h>
int dial(int fd) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(33334)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  while (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
  }
  return fd;
}
""",
)


def run(*command):
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(" ".join(command), "->", done.returncode, done.stdout, sep="\n")
    return done.returncode, done.stdout


def configure(*arguments, enabled="dial", program=clang_tidy):
    out = os.path.join(work, "build")
    shutil.rmtree(out, ignore_errors=True)
    return out, run(
        "cmake", "-G", "Ninja", "-S", source, "-B", out, "-DENABLED=" + enabled,
        "-DSELFCONNECT_CLANG_TIDY_PROGRAM=" + program, *arguments,
    )


def refused(answer, *texts):
    status, output = answer
    if status == 0:
        sys.exit("the configuration must fail")
    for text in texts:
        # CMake wraps its messages.
        if text not in " ".join(output.split()):
            sys.exit("the error must say %r" % text)


if not others:
    refused(configure()[1], "is missing")
    shutil.copy(module, installed)
    refused(configure(enabled="dail")[1], "dail is not a target")
    refused(configure(enabled="")[1], "name a target")
    with open(installed, "w", encoding="utf-8") as file:
        file.write("not a module\n")
    refused(configure()[1], "does not load", "clang-tidy-" + major)
shutil.copy(module, installed)
for other in others:
    refused(configure(program=other)[1], "does not load", "clang-tidy-" + major)
if others:
    sys.exit(0)

# The module alone, and added to what the user has set.
for arguments, expected in (
    ((), ["selfconnect-retry-loop"]),
    (
        ("-DCMAKE_C_CLANG_TIDY=%s;-checks=-*,readability-identifier-length" % clang_tidy,),
        ["selfconnect-retry-loop", "readability-identifier-length"],
    ),
):
    out, (status, output) = configure(*arguments)
    if status != 0:
        sys.exit("the configuration must succeed")
    status, output = run("cmake", "--build", out)
    if status != 0:
        sys.exit("a warning must not stop the build")
    for check in expected:
        if "[%s]" % check not in output:
            sys.exit("no warning of " + check)
