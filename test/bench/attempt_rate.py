#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tries per second of `selfconnect reproduce --socket=same` against those of a
bare C loop around connect().

The two take turns, so that both see the same machine. Prints each side's
median rate and the ratio; exit code 1 if the ratio is below --least.
"""

import argparse
import json
import statistics
import subprocess
import sys

# A run that meets itself sooner says little about the rate.
FEWEST_TRIES = 2000


def bare(program):
    done = subprocess.run([program], stdout=subprocess.PIPE, check=True, text=True)
    tries, seconds = done.stdout.split()
    return int(tries), float(seconds)


def ours(program):
    command = [program, "reproduce", "127.0.0.1:33334", "--socket=same"]
    command += ["--range=linux", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    result = json.loads(done.stdout)
    return result["tries"], result["seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("selfconnect")
    parser.add_argument("bare_loop")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--least", type=float, default=0.95)
    options = parser.parse_args()

    rates = {"bare loop": [], "selfconnect": []}
    for _ in range(options.rounds):
        for name, run, program in (
            ("bare loop", bare, options.bare_loop),
            ("selfconnect", ours, options.selfconnect),
        ):
            tries, seconds = run(program)
            if tries >= FEWEST_TRIES:
                rates[name].append(tries / seconds)

    medians = {name: statistics.median(each) for name, each in rates.items()}
    for name, median in medians.items():
        print(f"{name:12} {median:8.0f} tries/s (median of {len(rates[name])} runs)")
    ratio = medians["selfconnect"] / medians["bare loop"]
    print(f"{'ratio':12} {ratio:8.3f}")
    return 0 if ratio >= options.least else 1


if __name__ == "__main__":
    sys.exit(main())
