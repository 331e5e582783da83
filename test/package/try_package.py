# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Installs the build, moves the installed tree, and does with it what
docs/library.md says: its example, with CMake and with pkg-config, passes for a
port outside the range and fails for one inside. Then the parts that the page
promises besides, and the clang-tidy module and its tools, where they are built."""

import argparse
import os
import re
import shutil
import subprocess
import sys

parser = argparse.ArgumentParser()
for name in ("build", "page", "work", "cmake", "cxx", "cxx-flags", "c"):
    parser.add_argument("--" + name, required=True)
parser.add_argument("--llvm", default="", help="the major that the module is for")
arguments = parser.parse_args()
flags = arguments.cxx_flags.split()
prefix = os.path.join(arguments.work, "moved", "tree")
environment = dict(os.environ)
environment.pop("DESTDIR", None)


def run(*command, code=0, cwd=None):
    done = subprocess.run(
        command, cwd=cwd, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )
    if done.returncode != code:
        sys.exit("%s\n%s\nexit code %d, expected %d"
                 % (" ".join(command), done.stdout, done.returncode, code))
    return done.stdout


def write(folder, name, text):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "w") as file:
        file.write(text)


def install():
    first = os.path.join(arguments.work, "first")
    shutil.rmtree(arguments.work, ignore_errors=True)
    run(arguments.cmake, "--install", arguments.build, "--prefix", first)
    os.makedirs(os.path.dirname(prefix))
    os.rename(first, prefix)
    for root, _, names in os.walk(prefix):
        for name in names:
            if name.endswith((".cmake", ".pc", ".h")):
                with open(os.path.join(root, name)) as file:
                    assert arguments.work not in file.read(), name


def build(folder, *options):
    run(arguments.cmake, "-S", folder, "-B", os.path.join(folder, "build"), "-G", "Ninja",
        "-DCMAKE_PREFIX_PATH=" + prefix, "-DCMAKE_CXX_COMPILER=" + arguments.cxx,
        "-DCMAKE_C_COMPILER=" + arguments.c, *options)
    return run(arguments.cmake, "--build", os.path.join(folder, "build"))


def expect_results(program, port_is_safe):
    output = run(program, code=0 if port_is_safe else 1)
    if port_is_safe:
        assert "[  PASSED  ] 2 tests." in output, output
        assert "SKIPPED" not in output, output
    else:
        assert "2 FAILED TESTS" in output, output
        assert "port 33334 is inside the ephemeral port range 32768-60999" in output, output
        assert "the loop connected to itself" in output or "self-connected" in output, output


def the_example():
    with open(arguments.page) as file:
        page = file.read()
    blocks = dict(re.findall(r"^`([\w.]+)`:\n\n```\w+\n(.*?)^```$", page, re.M | re.S))
    assert set(blocks) == {"port_test.cpp", "CMakeLists.txt"}, set(blocks)
    for port_is_safe, extra in ((True, ""), (False, "-DMY_PORT=33334")):
        folder = os.path.join(arguments.work, "example" + extra)
        for name, text in blocks.items():
            write(folder, name, text)
        build(folder, "-DCMAKE_CXX_FLAGS=" + " ".join(flags + [extra]))
        expect_results(os.path.join(folder, "build", "port_test"), port_is_safe)


def with_pkg_config():
    found = [root for root, _, names in os.walk(prefix) if "selfconnect.pc" in names]
    assert len(found) == 1, found
    environment["PKG_CONFIG_PATH"] = found[0]
    # Where the library is a shared one (BUILD_SHARED_LIBS).
    environment["LD_LIBRARY_PATH"] = os.path.dirname(found[0])
    asked = run("pkg-config", "--cflags", "--libs", "selfconnect", "gtest_main").split()
    source = os.path.join(arguments.work, "example", "port_test.cpp")
    program = os.path.join(arguments.work, "with_pkg_config")
    run(arguments.cxx, *flags, "-std=c++17", source, "-o", program, *asked)
    expect_results(program, True)


def the_guard_alone():
    """A C project, which finds neither of the library's dependencies."""
    folder = os.path.join(arguments.work, "guard")
    write(folder, "CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.18)\nproject(client LANGUAGES C)\n"
          "set(CMAKE_DISABLE_FIND_PACKAGE_fmt ON)\n"
          "find_package(selfconnect 0.2 REQUIRED COMPONENTS guard)\n"
          "add_executable(client client.c)\n"
          "target_link_libraries(client PRIVATE selfconnect::guard)\n")
    write(folder, "client.c",
          "#include <selfconnect/guard.h>\n"
          "int main(void) { return selfconnect_is_self_connected(0); }\n")
    build(folder)
    run(os.path.join(folder, "build", "client"))


def the_layout():
    """What is where: the documentation names these places."""
    places = ["bin/selfconnect", "include/selfconnect/guard.h", "share/man/man1/selfconnect.1",
              "share/bash-completion/completions/selfconnect",
              "share/zsh/site-functions/_selfconnect",
              "share/fish/vendor_completions.d/selfconnect.fish"]
    if arguments.llvm:
        tools = ["selfconnect-clang-tidy"]
        tools += ["selfconnect-clangd"] if int(arguments.llvm) >= 19 else []
        for tool in tools:  # those of two LLVMs can be in one tree
            program = "%s-%s" % (tool, arguments.llvm)
            assert os.readlink(os.path.join(prefix, "bin", tool)) == program, tool
        places += ["bin/" + tool for tool in tools]
        places += ["share/man/man1/%s.1" % tool for tool in tools]
        places += ["lib/selfconnect/selfconnect-tidy-%s.so" % arguments.llvm]
        places += ["share/doc/selfconnect/checks/selfconnect-retry-loop.md"]
    for place in places:
        assert os.path.exists(os.path.join(prefix, place)), place
    # Programs are found and run from where the tree is now.
    for name in os.listdir(os.path.join(prefix, "bin")):
        output = run(os.path.join(prefix, "bin", name), "--version")
        assert re.search(r"selfconnect[ -](version )?\d+\.\d+\.\d+", output), output
    run(os.path.join(prefix, "bin", "selfconnect"), "guard", "--", "true")


CLIENT = """#include <arpa/inet.h>
#include <stddef.h>
#include <sys/socket.h>
int dial(int fd) {
  struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(33334)};
  addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  while (connect(fd, (struct sockaddr *)&addr, sizeof addr) < 0) {
  }
  return fd;
}
"""
WARNING = "warning: retried connect() can connect to itself"


def the_checks_in_a_build():
    """A project of others asks for the checks, and its build warns. One whose
    build has no checks is told so when it is configured."""
    folder = os.path.join(arguments.work, "tidy")
    write(folder, "client.c", CLIENT)
    write(folder, "CMakeLists.txt",
          "cmake_minimum_required(VERSION 3.18)\nproject(client LANGUAGES C)\n"
          "find_package(selfconnect 0.2 REQUIRED COMPONENTS tidy)\n"
          "add_library(checked OBJECT client.c)\n"
          "add_library(unchecked OBJECT client.c)\n"
          "selfconnect_enable(checked)\n")
    if not arguments.llvm:
        output = run(arguments.cmake, "-S", folder, "-B", os.path.join(folder, "build"),
                     "-G", "Ninja", "-DCMAKE_PREFIX_PATH=" + prefix, code=1)
        assert "tidy" in output, output
        return
    output = build(folder)
    assert output.count(WARNING) == 1, output
    # The tools without a build.
    tidy = os.path.join(prefix, "bin", "selfconnect-clang-tidy")
    output = run(tidy, "-checks=-*,selfconnect-*", "client.c", "--", cwd=folder)
    assert output.count(WARNING) == 1, output


install()
the_layout()
the_example()
with_pkg_config()
the_guard_alone()
the_checks_in_a_build()
