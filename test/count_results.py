#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Counts the tests of one or more runs: `count_results.py RESULTS_DIR...`

Each directory holds ctest.xml (from `ctest --output-junit`) and a lit.SUITE.xml
per lit suite. ctest knows a lit suite as one test; its cases are counted
instead. A suite that failed without a failing case in its file (lit itself
broke, or never ran) counts as one failure, and so does a run without ctest.xml.

Names what failed and what was not run, then closes with `N passed, M failed`.
Exits 1 unless all passed.
"""

import os
import sys
import xml.etree.ElementTree as ET


class Tally:
    def __init__(self):
        self.passed = 0
        self.failed = []
        self.not_run = []

    def add(self, name, outcome):
        if outcome == "passed":
            self.passed += 1
        elif outcome == "not run":
            self.not_run.append(name)
        else:
            self.failed.append(name)


def cases(path):
    """Yields (name, outcome) of each test case in a JUnit file."""
    for case in ET.parse(path).getroot().iter("testcase"):
        name = case.get("name")
        if case.find("failure") is not None or case.find("error") is not None:
            yield name, "failed"
        # ctest calls a test "notrun" when its program is missing: a failure.
        # A case that skipped itself says so with a <skipped> element.
        elif case.find("skipped") is not None or case.get("status") == "disabled":
            missing = case.get("status") == "notrun" and "SKIP" not in (
                case.find("skipped").get("message") or ""
            )
            yield name, "failed" if missing else "not run"
        elif case.get("status") in (None, "run"):
            yield name, "passed"
        else:
            yield name, "failed"


def count_suite(tally, name, ctest_outcome, path):
    failures_before = len(tally.failed)
    if os.path.exists(path):
        for case, outcome in cases(path):
            tally.add("%s: %s" % (name, case), outcome)
    if ctest_outcome != "passed" and len(tally.failed) == failures_before:
        tally.add(name, "failed")


def count_run(tally, directory, prefix):
    path = os.path.join(directory, "ctest.xml")
    if not os.path.exists(path):
        tally.add("%s (no ctest.xml: the tests did not run)" % directory, "failed")
        return
    for name, outcome in cases(path):
        if name.startswith("lit."):
            suite = os.path.join(directory, name + ".xml")
            count_suite(tally, prefix + name, outcome, suite)
        else:
            tally.add(prefix + name, outcome)


def main():
    tally = Tally()
    directories = sys.argv[1:]
    # BUILD_DIR/test/results; of several, each name says which build it is of.
    builds = [os.path.dirname(os.path.dirname(os.path.abspath(d))) for d in directories]
    for directory, build in zip(directories, builds):
        prefix = os.path.basename(build) + ": " if len(builds) > 1 else ""
        count_run(tally, directory, prefix)
    for name in tally.not_run:
        print("not run: " + name)
    for name in tally.failed:
        print("failed: " + name)
    print("%d passed, %d failed" % (tally.passed, len(tally.failed)))
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main())
