#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""page_cost.py SELFCONNECT [FINDINGS]: what the page of so many findings (5000) in
three environments costs Chromium until it is open, and until a filter has had its
effect: the time on a processor of the page's main thread, the least of three. Fails
where that is more than a second: run it on an idle machine."""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "cli", "Inputs", "reports"))
from browser import Browser  # noqa: E402
from report_cost import write  # noqa: E402

MOST_SECONDS = 1.0
RANGES = ["--range=linux", "--range=old=1024-65535", "--range=windows"]
FILTER = """
const words = document.getElementById("words");
words.value = arguments[0];
words.dispatchEvent(new Event("input", {bubbles: true}));
document.body.offsetHeight;  // lays out what is shown
return document.getElementById("shown").textContent;
"""


def busy(browser):
    metrics = browser.devtools("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in metrics if each["name"] == "TaskDuration")


def measure(page):
    costs = {}
    with Browser() as browser:
        browser.devtools("Performance.enable", timeDomain="threadTicks")
        browser.open(page)
        costs["to open"] = busy(browser)
        for words in ("client12", "part7 client", "zzz", ""):
            before = busy(browser)
            shown = browser.run(FILTER, words)
            costs["to filter by '%s' (%s)" % (words, shown)] = busy(browser) - before
    return costs


def main():
    selfconnect = os.path.abspath(sys.argv[1])
    findings = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
    with tempfile.TemporaryDirectory() as folder:
        log = write(folder, findings)
        subprocess.run([selfconnect, "confirm", log, *RANGES, "--html=page.html"],
                       cwd=folder, stdout=subprocess.DEVNULL, check=True)
        page = os.path.join(folder, "page.html")
        runs = [measure(page) for _ in range(3)]
    least = {what: min(run[what] for run in runs) for what in runs[0]}
    for what, seconds in least.items():
        print("%d findings: %.2f s %s" % (findings, seconds, what))
    sys.exit(0 if max(least.values()) < MOST_SECONDS else 1)


main()
