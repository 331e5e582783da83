#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs one check over one source file and compares what it says with the
CHECK comments in that file.

    // RUN: %check_clang_tidy %s selfconnect-retry-loop %t \\
    // RUN:   -- [clang-tidy arguments] -- [compiler arguments]

The conventions are those of clang-tidy's own tests:

    CHECK-MESSAGES  warnings and errors; any other warning or error fails
    CHECK-NOTES     likewise, and any note that is not listed fails, too
    CHECK-FIXES     the source after the fix-its were applied

`:[[@LINE-1]]:3: warning: ...` says where. With -check-suffixes=A,B the prefixes
are CHECK-MESSAGES-A and so on. A file without any of them must be silent.

The file is analysed as a copy in which the CHECK comments are blank, so that a
check never reads its own expectations. -std=c11,c++17 analyses it once per
standard, as C and as C++.
"""

import argparse
import os
import re
import subprocess
import sys

KINDS = ("CHECK-MESSAGES", "CHECK-NOTES", "CHECK-FIXES")
# Unlisted output of these severities fails. The colon and the blank keep source
# lines that merely contain the word (perror, error_code) out of it.
UNLISTED = {
    "CHECK-MESSAGES": "{{ (warning|error): }}",
    "CHECK-NOTES": "{{ (note|warning|error): }}",
}


class Failure(Exception):
    """The test fails, for the reason in the text."""


def run(command):
    """Runs a command; returns its exit code and everything it printed."""
    done = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    return done.returncode, done.stdout.decode(errors="replace")


def show(title, text):
    print("--- %s ---\n%s" % (title, text.rstrip("\n")), flush=True)


def split_arguments(words):
    """`A -- B -- C` as ([A], [B], [C]); what is missing is empty."""
    parts = [[]]
    for word in words:
        if word == "--" and len(parts) < 3:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts + [[]] * (3 - len(parts))


def parse_options(words):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("-clang-tidy", default="clang-tidy", help="program to run")
    parser.add_argument("-filecheck", default="FileCheck", help="program to run")
    parser.add_argument("-module", help="module to load; none: upstream checks")
    parser.add_argument("-std", help="comma-separated; c11 and c++17 by default")
    parser.add_argument(
        "-check-suffix", "-check-suffixes", dest="suffixes", default="",
        help="comma-separated",
    )
    parser.add_argument(
        "-expect-clang-tidy-error", action="store_true",
        help="clang-tidy must exit with an error",
    )
    parser.add_argument("source")
    parser.add_argument("check")
    parser.add_argument("temp")
    return parser.parse_args(words)


def used_prefixes(text, suffixes):
    """Which of our prefixes the file uses, by kind."""
    used = {}
    for kind in KINDS:
        for suffix in suffixes:
            prefix = kind + ("-" + suffix if suffix else "")
            if re.search(r"// *%s(-NEXT|-SAME|-DAG|-NOT)?:" % prefix, text):
                used.setdefault(kind, []).append(prefix)
    # A suffix that no comment uses is a typing error in the RUN line.
    for suffix in suffixes:
        if suffix and not any(
            prefix.endswith("-" + suffix) for all_ in used.values() for prefix in all_
        ):
            raise Failure("no CHECK comment has the suffix %s" % suffix)
    return used


def file_check(options, kind, prefixes, checked_file, extra):
    command = [
        options.filecheck,
        "-input-file=" + checked_file,
        options.source,
        "-check-prefixes=" + ",".join(prefixes),
    ] + extra
    code, output = run(command)
    if code:
        show("FileCheck", output)
        raise Failure("%s: not as expected" % kind)


def compile_command(standard, compiler_arguments):
    is_cpp = "++" in standard
    return [
        "-x", "c++" if is_cpp else "c", "-std=" + standard
    ] + compiler_arguments


def check_one(options, text, standard, tidy_arguments, compiler_arguments):
    suffixes = [suffix for suffix in options.suffixes.split(",")]
    used = used_prefixes(text, suffixes)

    temp = options.temp + (".cpp" if "++" in standard else ".c")
    stripped = re.sub(r"// *CHECK-[A-Za-z0-9_-]+:[^\r\n]*", "//", text)
    with open(temp, "w", encoding="utf-8", newline="") as file:
        file.write(stripped)

    command = [options.clang_tidy, temp, "--checks=-*," + options.check]
    if options.module:
        command.append("-load=" + options.module)
    if "CHECK-FIXES" in used:
        command.append("--fix")
    if not any(re.match("--?config(-file)?(=|$)", word) for word in tidy_arguments):
        command.append("--config={}")
    command += tidy_arguments + ["--"] + compile_command(standard, compiler_arguments)

    code, output = run(command)
    show(" ".join(command), output)
    if code < 0:
        raise Failure("clang-tidy died of signal %d" % -code)
    if bool(code) != options.expect_clang_tidy_error:
        raise Failure("clang-tidy exited with %d" % code)

    messages = temp + ".messages"
    with open(messages, "w", encoding="utf-8") as file:
        # FileCheck refuses empty input.
        file.write(output or "\n")

    for kind, unlisted in UNLISTED.items():
        if kind in used:
            file_check(
                options, kind, used[kind], messages, ["-implicit-check-not=" + unlisted]
            )
    if not ("CHECK-MESSAGES" in used or "CHECK-NOTES" in used):
        if re.search(" (warning|error): ", output):
            raise Failure("the file must be silent")
    if "CHECK-FIXES" in used:
        file_check(
            options, "CHECK-FIXES", used["CHECK-FIXES"], temp, ["-strict-whitespace"]
        )


def main():
    own, tidy_arguments, compiler_arguments = split_arguments(sys.argv[1:])
    options = parse_options(own)
    with open(options.source, encoding="utf-8", newline="") as file:
        text = file.read()

    is_cpp = os.path.splitext(options.source)[1] != ".c"
    standards = options.std or ("c++17" if is_cpp else "c11")
    try:
        for standard in standards.split(","):
            check_one(options, text, standard, tidy_arguments, compiler_arguments)
    except Failure as failure:
        print("%s: %s: %s" % (options.source, standard, failure))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
