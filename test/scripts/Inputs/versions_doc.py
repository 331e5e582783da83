# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""versions_doc.py ROOT WORK: records results made up here in a copy of the page."""

import glob
import os
import re
import shutil
import subprocess
import sys

root, work = sys.argv[1:]
shutil.rmtree(work, ignore_errors=True)
for name in ("scripts/versions_doc.py", "test/count_results.py", "docs/versions.md"):
    os.makedirs(os.path.dirname(os.path.join(work, name)), exist_ok=True)
    shutil.copy(os.path.join(root, name), os.path.join(work, name))
with open(os.path.join(work, "docs", "versions.json"), "w", encoding="utf-8") as file:
    file.write("{}")


def results(build, *cases):
    folder = os.path.join(work, build, "test", "results")
    os.makedirs(folder)
    with open(os.path.join(folder, "ctest.xml"), "w", encoding="utf-8") as file:
        file.write("<testsuite>%s</testsuite>" % "".join(
            '<testcase name="%s" status="run">%s</testcase>' % case for case in cases))
    return folder


def write_page(*words):
    done = subprocess.run(
        [sys.executable, os.path.join(work, "scripts", "versions_doc.py"), *words],
        capture_output=True, text=True, check=False,
        env={**os.environ, "SELFCONNECT_RELEASE": "some-release"},
    )
    with open(os.path.join(work, "docs", "versions.md"), encoding="utf-8") as file:
        page = file.read()
    return done.returncode, done.stderr, page.split("## Results")[1]


def expect(found, *patterns):
    code, error, page = found
    for pattern in patterns:
        if code or not re.search(pattern, page):
            sys.exit("exit code %d, no %r:\n%s%s" % (code, pattern, error, page))


packages = results("build-packages", ("packages.lintian.a", ""), ("packages.alone.a", "<failure/>"))
expect(write_page("--record", packages), r"\| GCC \d.* glibc \d.* \| 1 \| 1 \|\n")
for installed in glob.glob("/usr/lib/llvm-[0-9]*/bin/clang-tidy")[:1]:
    major = installed.split("/")[3].split("-")[1]
    tests = results("llvm" + major, ("Good", ""), ("Absent", "<skipped/>"))
    # What was recorded before stays.
    expect(write_page("--record", tests), r"\| 1 \| 1 \|\n",
           r"\| %s\.[\d.]+ \| 1 \| 0 \| `selfconnect-clang-tidy`; .*not run: `Absent` \|\n" % major)
expect(write_page("--check"))
with open(os.path.join(work, "docs", "versions.json"), "w", encoding="utf-8") as file:
    file.write("{}")
code, error, _ = write_page("--check")
assert code == 1 and "is stale" in error, (code, error)
