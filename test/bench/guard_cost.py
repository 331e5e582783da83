#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the preload guard adds to the calls of a program: the CPU time with it over
the CPU time without it, in pairs of runs that follow one another, each pair in the
other order than the one before. Beside it the same without the guard on either
side, which is the noise. Writes the table to the page, between its two marks."""

import argparse
import os
import statistics
import subprocess

import marked_block

BEGIN = "<!-- guard cost: written by test/bench/guard_cost.py -->\n"
END = "<!-- guard cost: end -->\n"
WHAT = (
    ("refused", 2000, "`connect()`, refused"),
    ("accepted", 1000, "`socket()`, `connect()`, `accept()`, closing both"),
    ("nonblocking", 1000, "the same, non-blocking, with `poll()` and `SO_ERROR`"),
    ("transfer", 6000, "a byte by `send()` and `recv()`"),
    ("poll", 50000, "`poll()` of one ready socket"),
)


def seconds(program, what, count, guard):
    environment = dict(os.environ, SELFCONNECT_GUARD="refuse")
    environment.pop("LD_PRELOAD", None)
    if guard:
        environment["LD_PRELOAD"] = guard
    done = subprocess.run(
        [program, what, str(count)], env=environment, check=True, stdout=subprocess.PIPE
    )
    return float(done.stdout)


def ratios(options, what, count, guard):
    found = []
    for pair in range(options.pairs):
        sides = [guard, None]
        taken = {}
        for side in sides if pair % 2 else reversed(sides):
            # Two sides without the guard need two places.
            place = "with" if side is guard and "with" not in taken else "without"
            taken[place] = seconds(options.program, what, count, side)
        found.append(taken["with"] / taken["without"])
    return found


def cell(found):
    low, middle, high = statistics.quantiles(found, n=4)
    return "%.3f (%.3f to %.3f)" % (middle, low, high)


def table(options):
    lines = [
        "| calls | with the guard / without | without / without |\n| --- | --- | --- |\n"
    ]
    for what, count, words in WHAT:
        guarded = cell(ratios(options, what, count, options.guard))
        noise = cell(ratios(options, what, count, None))
        lines.append("| %s | %s | %s |\n" % (words, guarded, noise))
        print(lines[-1], end="", flush=True)
    return "".join(lines)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("program")
parser.add_argument("guard")
parser.add_argument("page")
parser.add_argument("--pairs", type=int, default=40)
arguments = parser.parse_args()
marked_block.check(arguments.page)
marked_block.write(
    arguments.page,
    BEGIN,
    "## What the guard costs\n\n"
    "CPU time with `libselfconnect-guard.so`, relative to that without it, in %d pairs of\n"
    "consecutive runs: the median, with the quartiles in brackets. The last column compares two\n"
    "runs without the guard; it shows the noise of the machine.\n\n%s"
    % (arguments.pairs, table(arguments)),
    END,
)
