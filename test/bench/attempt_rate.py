#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tries per second of `selfconnect reproduce` against those of a bare C loop
around connect(), for a new socket per try and for the same one, on one core and
on two.

The two take turns, so that both see the same machine. Whatever else runs on it can
only slow a loop down, so the rates compared are those that a tenth of the loops
exceed. Prints the ratios, with --write into the page, too; exit code 1 if one is
below --least.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

import marked_block

BEGIN = "<!-- tries per second: written by test/bench/attempt_rate.py -->\n"
END = "<!-- tries per second: end -->\n"
# A run that meets itself sooner says little about the rate.
FEWEST_TRIES = 2000


def rates(runs):
    """Tries per second of the loops that say something about it."""
    return [tries / seconds for tries, seconds in runs if tries >= FEWEST_TRIES]


def bare(options, socket, cores):
    command = [options.bare_loop, socket, str(options.loops)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(cores)
    ]
    runs = []
    for process in running:
        for line in process.communicate()[0].splitlines():
            tries, seconds = line.split()
            runs.append((int(tries), float(seconds)))
        if process.returncode != 0:
            sys.exit("attempt_rate.py: %s: exit code %d" % (command[0], process.returncode))
    return rates(runs)


def ours(options, socket, cores):
    # The first of the trials is by itself, with a proof.
    command = [options.selfconnect, "reproduce", "127.0.0.1:33334", "--socket", socket]
    command += ["--range=linux", "--json", "--jobs", str(cores)]
    command += ["--trials", str(1 + cores * options.loops)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    trials = json.loads(done.stdout)["trials"][1:]
    return rates([(trial["tries"], trial["seconds"]) for trial in trials])


def ratio(options, socket, cores):
    every = sorted(os.sched_getaffinity(0))
    if len(every) < cores:
        sys.exit("attempt_rate.py: it takes %d cores" % cores)
    os.sched_setaffinity(0, every[:cores])  # inherited
    found = {bare: [], ours: []}
    for number in range(options.rounds):
        for side in list(found) if number % 2 else reversed(list(found)):
            found[side] += side(options, socket, cores)
    os.sched_setaffinity(0, every)
    fast = {side: statistics.quantiles(loops, n=10)[-1] for side, loops in found.items()}
    return fast[ours] / fast[bare]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("selfconnect")
    parser.add_argument("bare_loop")
    parser.add_argument("--rounds", type=int, default=25, help="of each row")
    parser.add_argument("--loops", type=int, default=4, help="of each core in a round")
    parser.add_argument("--least", type=float, default=0.95)
    parser.add_argument("--write", metavar="PAGE")
    options = parser.parse_args()
    marked_block.check(options.write)

    found = []
    lines = ["| socket | cores | selfconnect / C loop |\n| --- | --- | --- |\n"]
    for socket in ("new", "same"):
        for cores in (1, 2):
            found.append(ratio(options, socket, cores))
            lines.append("| %s | %d | %.3f |\n" % (socket, cores, found[-1]))
            print(lines[-1], end="", flush=True)
    if options.write:
        marked_block.write(
            options.write,
            BEGIN,
            "## Tries per second\n\n"
            "Tries per second of `selfconnect reproduce --jobs`, relative to those of as many minimal\n"
            "loops in C (`test/bench/bare_loop.c`), on one core and on two. Both run in turn, in %d\n"
            "rounds of %d loops per core. The figures are ratios of the ninth deciles, since other\n"
            "work on the machine can only slow a loop down.\n\n%s"
            % (options.rounds, options.loops, "".join(lines)),
            END,
        )
    return 0 if min(found) >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
