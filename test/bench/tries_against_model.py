#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The tries that loops took until they self-connected, against the model. Exits 1
if the Kolmogorov-Smirnov p-value of a configuration is not above 0.01. With
--write, writes the table to the page, and beside the page the plot."""

import argparse
import json
import math
import os
import platform
import subprocess
import sys

import marked_block

BEGIN = "<!-- tries: written by test/bench/tries_against_model.py -->\n"
END = "<!-- tries: end -->\n"
PLOT = "tries-against-model.svg"
DEFAULT = (32768, 60999)
LEAST_P = 0.01
# Words, target, range, kind of socket.
CONFIGURATIONS = (
    ("default range, new socket", "127.0.0.1:33334", DEFAULT, "new"),
    ("default range, same socket", "127.0.0.1:33334", DEFAULT, "same"),
    ("default range, non-blocking", "127.0.0.1:33334", DEFAULT, "nonblocking"),
    ("default range, new socket, `::1`", "[::1]:33334", DEFAULT, "new"),
    ("1 port", "127.0.0.1:40000", (40000, 40000), "new"),
    ("2 ports", "127.0.0.1:40000", (40000, 40001), "new"),
    ("3 ports", "127.0.0.1:40000", (40000, 40002), "new"),
    ("10 ports", "127.0.0.1:40004", (40000, 40009), "new"),
    ("100 ports", "127.0.0.1:40050", (40000, 40099), "new"),
    ("1000 ports", "127.0.0.1:40500", (40000, 40999), "new"),
)


def fail(message):
    print("tries_against_model.py: " + message, file=sys.stderr)
    sys.exit(2)


def run(command, trials, target, ports, socket):
    line = [command, "reproduce", target, "--range", "%d-%d" % ports]
    line += ["--socket", socket, "--trials", str(trials), "--json"]
    try:
        done = subprocess.run(line, stdout=subprocess.PIPE, check=False)
    except OSError as error:
        fail("cannot run %s: %s; give --command" % (command, error.strerror))
    try:
        found = json.loads(done.stdout)
        found["summary"]["model"]["median"]  # pylint: disable=expression-not-assigned
    except (ValueError, KeyError, TypeError):
        fail("no trials to compare from: " + " ".join(line))
    return found


def row(words, found):
    total = found["summary"]
    model = total["model"]
    return "| %s | %d | %.0f | %.0f (%.0f) | %.1f (%.1f) | %.0f | %.0f | %.0f | %.3f | %.2g |\n" % (
        words, len(found["trials"]), total["min"], total["median"], model["median"],
        total["mean"], model["mean"], total["p90"], total["p99"], total["max"],
        total["ks_distance"], total["ks_p_value"],
    )  # fmt: skip


def within(tries, slots):
    """The chance that strides of 1 to 8 slots have met the port: 4.5 slots a try."""
    wraps = 4.5 * tries / slots
    whole = math.floor(wraps)
    return 1 - (7 / 9) ** whole * (1 - (wraps - whole) * 2 / 9)


def plot(found, slots):
    tries = sorted(trial["tries"] for trial in found["trials"])
    most = math.ceil(tries[-1] / 10000) * 10000

    def place(count, share):
        return "%.1f,%.1f" % (70 + 550 * count / most, 330 - 300 * share)

    steps = [place(0, 0)]
    for index, count in enumerate(tries):
        steps += [place(count, index / len(tries)), place(count, (index + 1) / len(tries))]
    curve = [place(most * i / 300, within(most * i / 300, slots)) for i in range(301)]
    text = []
    for share in (0, 0.25, 0.5, 0.75, 1):
        y = 330 - 300 * share
        text.append('<path class="grid" d="M70 %.1fH620"/>' % y)
        text.append('<text x="62" y="%.1f" text-anchor="end">%g</text>' % (y + 4, share))
    for part in range(5):
        x = 70 + 550 * part / 4
        text.append('<text x="%.1f" y="350" text-anchor="middle">%d</text>' % (x, most * part / 4))
    return """<!-- SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception -->
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 660 390" role="img">
<title>Share of loops that self-connected within so many tries, measured and model</title>
<style>
text { font: 13px sans-serif; fill: #777 }
.grid { stroke: #888; stroke-opacity: 0.35 }
polyline { fill: none; stroke-width: 2 }
.measured { stroke: #2f81f7 }
.model { stroke: #e36209; stroke-dasharray: 6 4 }
</style>
%s
<text x="345" y="378" text-anchor="middle">tries</text>
<text transform="translate(18 180) rotate(-90)" text-anchor="middle">share self-connected</text>
<polyline class="measured" points="%s"/>
<polyline class="model" points="%s"/>
<polyline class="measured" points="430,270 460,270"/>
<text x="468" y="274">measured, %d trials</text>
<polyline class="model" points="430,295 460,295"/>
<text x="468" y="299">model F(t)</text>
</svg>
""" % ("\n".join(text), " ".join(steps), " ".join(curve), len(tries))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", default="selfconnect", metavar="PATH")
    parser.add_argument("--trials", type=int, default=300)
    parser.add_argument("--write", metavar="PAGE")
    options = parser.parse_args()
    if options.trials < 1:
        parser.error("--trials must be at least 1")
    marked_block.check(options.write)
    table = (
        "| configuration | trials | min | median (model) | mean (model) | p90 | p99 | max | D | p |\n"
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    )
    print(table, end="")
    results = []
    for words, *what in CONFIGURATIONS:
        found = run(options.command, options.trials, *what)
        results.append((words, found))
        table += row(words, found)
        print(row(words, found), end="", flush=True)
    if options.write:
        first = results[0][1]
        slots = (DEFAULT[1] - DEFAULT[0] + 1) // 2
        if abs(within(first["summary"]["model"]["median"], slots) - 0.5) > 0.01:
            fail("this kernel's model is not the one that the plot draws")
        with open(
            os.path.join(os.path.dirname(options.write), PLOT), "w", encoding="utf-8"
        ) as file:
            file.write(plot(first, slots))
        marked_block.write(
            options.write,
            BEGIN,
            "## Tries against the model\n\n"
            "Number of tries until `selfconnect reproduce --trials` self-connected; the prediction of\n"
            "the model is in brackets. D is the Kolmogorov-Smirnov distance, p its p-value. Measured on\n"
            "Linux %s, %d cores. The plot shows the first row.\n\n%s\n"
            "![Measured tries against the model](%s)\n"
            % (platform.release().partition("-")[0], os.cpu_count(), table, PLOT),
            END,
        )
    misfits = [w for w, found in results if not found["summary"]["ks_p_value"] > LEAST_P]
    for words in misfits:
        print("does not fit the model (p <= %g): %s" % (LEAST_P, words), file=sys.stderr)
    return 1 if misfits else 0


sys.exit(main())
