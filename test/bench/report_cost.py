#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""report_cost.py SELFCONNECT [FINDINGS [FORM]]: time and memory of `confirm` with all of
its reports (or of one form), on so many findings (100000) in a tenth as many files, and on a half
and a quarter of them. Says by which factor time and memory grow with the double,
and fails when it is more than linear or takes more than 100 MiB."""

import os
import subprocess
import sys
import tempfile
import time

MOST_MIB = 100
LINES = "".join(
    "int retry%d(int fd, const struct sockaddr *to) {\n"
    "  while (connect(fd, to, sizeof *to) != 0)\n    sleep(1);\n  return fd;\n}\n" % n
    for n in range(10)
)
WARNING = "retried connect() can connect to itself when no server is listening"


def write(folder, findings):
    log = os.path.join(folder, "log.txt")
    with open(log, "w") as out:
        for number in range(findings // 10):
            name = "part%d/client%d.c" % (number % 100, number)
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), "w") as file:
                file.write(LINES)
            for line in range(2, 52, 5):
                at = "%s:%d:10: " % (name, line)
                out.write(at + "warning: %s [selfconnect-retry-loop]\n" % WARNING)
                out.write("%s:%d:3: note: the loop is here\n" % (name, line))
                out.write(at + "note: the same socket is connected again\n")
                out.write(at + "note: reject a socket whose local and remote endpoints are equal,"
                          " or use a port outside the range\n")
                out.write(at + "note: reproduce with: selfconnect reproduce 127.0.0.1:PORT"
                          " --socket=same\n")
    return log


def measure(selfconnect, findings, options):
    with tempfile.TemporaryDirectory() as folder:
        log = write(folder, findings)
        with open(os.path.join(folder, "out.txt"), "w") as out:
            start = time.monotonic()
            process = subprocess.Popen(
                [selfconnect, "confirm", log, "--range=linux", *options], stdout=out, cwd=folder)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            seconds = usage.ru_utime + usage.ru_stime
        if process.returncode != 0:
            sys.exit("confirm ended with %d" % process.returncode)
        return seconds, usage.ru_maxrss / 1024, time.monotonic() - start


def main():
    selfconnect = os.path.abspath(sys.argv[1])
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
    fits = True
    for name, options in (
        ("text", []),
        ("SARIF and HTML", ["--sarif=a.sarif", "--html=a.html"]),
        ("all", ["--sarif=a.sarif", "--html=a.html", "--junit=a.xml", "--gitlab=a.json",
                 "--write-baseline=base"]),
    ):
        if name not in sys.argv[3:] and len(sys.argv) > 3:
            continue
        before = None
        for findings in (most // 4, most // 2, most):
            seconds, mib, _ = measure(selfconnect, findings, options)
            growth = ""
            if before:
                growth = ", %.2f times the time, %.2f times the memory of half as many" % (
                    seconds / before[0], mib / before[1])
                fits &= seconds / before[0] < 2.5
            print("%s: %d findings: %.1f s, %.0f MiB%s" % (name, findings, seconds, mib, growth))
            before = seconds, mib
        fits &= before[1] <= MOST_MIB
    sys.exit(0 if fits else 1)


if __name__ == "__main__":
    main()
