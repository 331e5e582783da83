# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""count_results.py SCRIPT WORK: the script over results made up here."""

import os
import shutil
import subprocess
import sys

script, work = sys.argv[1:]
shutil.rmtree(work, ignore_errors=True)


def case(name, status="run", inside=""):
    return '<testcase name="%s" status="%s">%s</testcase>' % (name, status, inside)


def lit_case(name, inside=""):
    return '<testcase classname="checks" name="%s">%s</testcase>' % (name, inside)


def results(build, **files):
    folder = os.path.join(work, build, "test", "results")
    os.makedirs(folder)
    for name, cases in files.items():
        path = os.path.join(folder, name.replace("_", ".") + ".xml")
        with open(path, "w", encoding="utf-8") as file:
            file.write("<testsuite>%s</testsuite>" % "".join(cases))
    return folder


def expect(folders, status, lines):
    done = subprocess.run(
        [sys.executable, script] + folders, capture_output=True, text=True, check=False
    )
    if (done.returncode, done.stdout.splitlines()) != (status, lines):
        sys.exit("exit code %d, not %d\n%s%s" % (
            done.returncode, status, done.stdout, done.stderr))


good = results(
    "llvm19",
    ctest=[case("Port.Range"), case("lit.checks")],
    lit_checks=[
        lit_case("a.c"), lit_case("b.c"), lit_case("version-gate/15", "<skipped/>"),
    ],
)
bad = results(
    "llvm22",
    ctest=[case("lit.checks", "fail", "<failure/>")],
    lit_checks=[lit_case("a.c"), lit_case("b.c", "<failure/>")],
)
# lit ended before it wrote its file.
broken = results("llvm14", ctest=[case("lit.checks", "fail", "<failure/>")])
# ctest never ran.
missing = os.path.join(work, "llvm16", "test", "results")

expect([good], 0, ["not run: lit.checks: version-gate/15", "3 passed, 0 failed"])
expect([bad], 1, ["failed: lit.checks: b.c", "1 passed, 1 failed"])
expect(
    [good, bad, broken, missing],
    1,
    [
        "not run: llvm19: lit.checks: version-gate/15",
        "failed: llvm22: lit.checks: b.c",
        "failed: llvm14: lit.checks",
        "failed: %s (no ctest.xml: the tests did not run)" % missing,
        "4 passed, 3 failed",
    ],
)
