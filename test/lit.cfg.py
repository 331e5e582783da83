# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# How lit runs the tests of the checks and of the command. Paths come from
# lit.site.cfg.py, which CMake writes into the build directory; the logic is
# here.
#
# Substitutions:
#   %check_clang_tidy  test/check_clang_tidy.py, told which clang-tidy, which
#                      module and which FileCheck to use
#   %across            checks/Inputs/across.py on the file itself: a project of
#                      several files in one
#   %tidy              the clang-tidy that the module is for, module loaded
#   %clang_tidy        the same clang-tidy without the module
#   %apply_fixes       checks/Inputs/apply_fixes.py for that clang-tidy and module
#   %selfconnect_clang_tidy  our clang-tidy; %run_clang_tidy is LLVM's script
#   %guard_include     the folder that selfconnect/guard.h is found from
#   %module            path of the module; %llvm_bin is the folder of its clang-tidy
#   %mock              compiler arguments that replace the system's headers by
#                      the declarations in checks/Inputs/Headers
#   %mock_headers      the folder of those declarations
#   %selfconnect       the selfconnect command; %selfconnect_obj is the build folder
#   %selfconnect_clangd  our clangd; %clangd is that of the same LLVM
#   %every_line        --all with `lit --param every_line=1`, else nothing
#   %stub_scan         selfconnect scan with the clang-tidy of cli/Inputs/scan
#   %cmake             the CMake of the build
#   %exits_with        a script for %python: runs a command, expects an exit code
#   %man_pages         folder of the manual pages
#   %tested_llvm       the majors that CMake names as tested
#   %clients           folder of the programs built from test/clients
#
# Features:
#   curl, go, ip ...   what tests need besides; test/CMakeLists.txt has all
#   llvm-N             the module is built for LLVM N
#   port-range-option  the kernel has IP_LOCAL_PORT_RANGE (Linux 6.3)
#   root               it is root that runs them
#   sanitizers         the guard is built under them (by GCC)
#   instrumented       the command itself is built under one
#   llvm-15-or-later   ... and so on for each tested major

import os
import re
import shlex
import socket
import struct
import sys

import lit.formats

config.name = "selfconnect"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".c", ".cpp", ".test"]
config.excludes = ["Inputs", "unit", "clients", "fuzz", "bench", "corpus", "package"]
config.test_source_root = os.path.dirname(os.path.abspath(__file__))
config.test_exec_root = os.path.join(config.selfconnect_obj_root, "test")


def tool(name):
    return os.path.join(config.llvm_bin_dir, name)


def quoted(*words):
    return " ".join(shlex.quote(word) for word in words)


def substitute(name, command):
    # A word boundary keeps %selfconnect from eating the head of %selfconnect_clangd.
    config.substitutions.append((re.escape(name) + r"\b", command))


# The command under test comes first, then the LLVM that the module is for.
config.environment["PATH"] = os.pathsep.join(
    filter(
        None,
        [
            os.path.join(config.selfconnect_obj_root, "bin"),
            config.llvm_bin_dir,
            os.environ.get("PATH", ""),
        ],
    )
)
# A user's own settings must not change what a test sees.
config.environment["HOME"] = config.test_exec_root
config.environment["LC_ALL"] = "C.UTF-8"
config.environment.pop("XDG_CONFIG_HOME", None)

substitute("%selfconnect", quoted(config.selfconnect_command))
substitute(
    "%selfconnect_clangd",
    quoted(os.path.join(config.selfconnect_obj_root, "bin", "selfconnect-clangd")),
)
substitute(
    "%stub_scan",
    quoted(
        config.selfconnect_command,
        "scan",
        "--clang-tidy",
        os.path.join(config.test_source_root, "cli", "Inputs", "scan", "clang-tidy"),
    ),
)
substitute("%clangd", quoted(tool("clangd")))
# A long run: lit --param every_line=1 --filter broken_code build/test/clangd
substitute("%every_line", "--all" if lit_config.params.get("every_line") else "")
# The interpreter itself: what CMake found may be a script that looks for it each time.
config.python = sys.executable
substitute("%python", quoted(config.python))
substitute("%cmake", quoted(config.cmake))
substitute("%selfconnect_obj", quoted(config.selfconnect_obj_root))
substitute(
    "%exits_with",
    quoted(os.path.join(config.test_source_root, "cli", "Inputs", "exits_with.py")),
)
substitute("%man_pages", os.path.join(config.selfconnect_obj_root, "share", "man", "man1"))
substitute("%tested_llvm", quoted(*map(str, config.selfconnect_tested_llvm)))
substitute("%clients", os.path.join(config.test_exec_root, "clients"))

config.available_features.update(config.selfconnect_features)
try:
    with socket.socket() as probe:
        IP_LOCAL_PORT_RANGE = 51
        one_port = struct.pack("=HH", 40000, 40000)
        probe.setsockopt(socket.IPPROTO_IP, IP_LOCAL_PORT_RANGE, one_port)
    config.available_features.add("port-range-option")
except OSError:
    pass
if os.path.exists(os.path.join(config.test_exec_root, "clients", "guard_tsan.so")):
    config.available_features.add("sanitizers")
if os.geteuid() == 0:
    config.available_features.add("root")
if "-fsanitize" in config.selfconnect_cxx_flags:
    config.available_features.add("instrumented")

if config.selfconnect_module:
    headers = os.path.join(config.test_source_root, "checks", "Inputs", "Headers")
    substitute(
        "%check_clang_tidy",
        quoted(
            config.python,
            os.path.join(config.test_source_root, "check_clang_tidy.py"),
            "-clang-tidy=" + tool("clang-tidy"),
            "-filecheck=" + tool("FileCheck"),
            "-module=" + config.selfconnect_module,
        ),
    )
    substitute(
        "%apply_fixes",
        quoted(
            config.python,
            os.path.join(config.test_source_root, "checks", "Inputs", "apply_fixes.py"),
            tool("clang-tidy"),
            config.selfconnect_module,
        ),
    )
    substitute(
        "%guard_include",
        os.path.join(config.test_source_root, os.pardir, "runtime", "include"),
    )
    substitute(
        "%across",
        quoted(
            config.python,
            os.path.join(config.test_source_root, "checks", "Inputs", "across.py"),
            tool("clang-tidy"),
            config.selfconnect_module,
        )
        + " %s %t",
    )
    substitute("%tidy", quoted(tool("clang-tidy"), "-load=" + config.selfconnect_module))
    substitute("%clang_tidy", quoted(tool("clang-tidy")))
    substitute("%run_clang_tidy", quoted(tool("run-clang-tidy")))
    substitute(
        "%selfconnect_clang_tidy",
        quoted(os.path.join(config.selfconnect_obj_root, "bin", "selfconnect-clang-tidy")),
    )
    substitute("%module", quoted(config.selfconnect_module))
    substitute("%llvm_bin", quoted(config.llvm_bin_dir))
    substitute("%mock_headers", quoted(headers))
    substitute("%mock", quoted("-nostdinc", "-isystem", headers))

    ours = int(config.selfconnect_llvm)
    config.available_features.add("llvm-%d" % ours)
    for major in config.selfconnect_tested_llvm:
        if ours >= major:
            config.available_features.add("llvm-%d-or-later" % major)
else:
    config.excludes.append("checks")
