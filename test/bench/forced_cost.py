#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What forced self-connects cost in `selfconnect reproduce
--method=forced --trials`, against a C program that makes just the system calls
which they need.

Of either, a run of 11,001 is compared with one of 1,001, so that what a run costs
by itself (its start, its network, the proof of the first trial) is left out; the
shorter runs are compared as well. The sides take turns. Prints the ratios, with
--write into the page, too; exit code 1 if the CPU time is more than --most times
that of the calls.
"""

import argparse
import ctypes
import os
import statistics
import subprocess
import sys
import time

import marked_block

BEGIN = "<!-- forced: written by test/bench/forced_cost.py -->\n"
END = "<!-- forced: end -->\n"
FEW, MANY = 1001, 11001
PR_SET_CHILD_SUBREAPER = 36  # of linux/prctl.h


def inherit_orphans():
    """Makes us the parent of whatever a command leaves, so that its time is counted."""
    if ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) != 0:
        sys.exit("forced_cost.py: cannot become a subreaper")


def cost(command):
    """CPU time, of all its processes, and time of a run."""
    before, taken = time.monotonic(), 0.0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while True:
        try:
            pid, status, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        taken += usage.ru_utime + usage.ru_stime
        if pid == process.pid:
            process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("forced_cost.py: %s: exit code %d" % (" ".join(command), process.returncode))
    return taken, time.monotonic() - before


def bare(options, count):
    return cost([options.bare_hits, str(count)])


def ours(options, count):
    command = [options.selfconnect, "reproduce", "127.0.0.1:33334", "--range=linux"]
    return cost(command + ["--method=forced", "--trials", str(count)])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("selfconnect")
    parser.add_argument("bare_hits")
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--most", type=float, default=1.2)
    parser.add_argument("--write", metavar="PAGE")
    options = parser.parse_args()
    marked_block.check(options.write)
    inherit_orphans()

    taken = {(side, count): [] for side in (bare, ours) for count in (FEW, MANY)}
    for number in range(options.rounds):
        for side, count in list(taken) if number % 2 else reversed(list(taken)):
            taken[side, count].append(side(options, count))

    rows = []
    for which, words in ((0, "CPU time"), (1, "time")):
        # What else runs on the machine only adds to it.
        least = {
            key: statistics.quantiles([run[which] for run in runs], n=10)[0]
            for key, runs in taken.items()
        }
        more = {side: least[side, MANY] - least[side, FEW] for side in (bare, ours)}
        rows.append((words, more[ours] / more[bare], least[ours, FEW] / least[bare, FEW]))
    lines = ["| | each self-connect | whole run |\n| --- | --- | --- |\n"]
    lines += ["| %s | %.3f | %.3f |\n" % row for row in rows]
    print("".join(lines), end="")
    if options.write:
        marked_block.write(
            options.write,
            BEGIN,
            "## Forced self-connects\n\n"
            "Cost of `selfconnect reproduce --method=forced --trials`, relative to a C program that makes\n"
            "only the necessary system calls (`test/bench/bare_hits.c`): ratios of the first deciles of\n"
            "%d runs of each, in turn. The first column is the cost of %d self-connects more, the\n"
            "second that of a whole run of %d. In a whole run, selfconnect also starts a larger\n"
            "program, measures the class of the kernel, and makes four network namespaces instead of\n"
            "one; three of them are for the proof of the first self-connect.\n\n%s"
            % (options.rounds, MANY - FEW, FEW, "".join(lines)),
            END,
        )
    return 0 if rows[0][1] <= options.most else 1


if __name__ == "__main__":
    sys.exit(main())
