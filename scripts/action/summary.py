# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""summary.py SARIF: prints the findings as Markdown, for the summary of a step.

What comes from the sources is shown as text: it is neither Markdown nor HTML."""

import collections
import json
import re
import sys
import urllib.parse

MOST = 50
ORDER = ["confirmed", "confirmed-when-exhausted", "unknown", "not-run", "refuted"]


def text(value):
    # No controls, and no marks that change the direction of text.
    value = "".join(c if c.isprintable() else "\ufffd" for c in str(value))
    return re.sub(r"[^\w /.,:;=()+-]", lambda match: "&#%d;" % ord(match.group()), value)


def place(result):
    location = result["locations"][0]["physicalLocation"]
    return "%s:%d" % (urllib.parse.unquote(location["artifactLocation"]["uri"]),
                      location["region"]["startLine"])


def rank(verdict):
    return ORDER.index(verdict) if verdict in ORDER else len(ORDER)


with open(sys.argv[1], encoding="utf-8") as file:
    results = [result for result in json.load(file)["runs"][0]["results"]
               if not result.get("suppressions")]
verdicts = [result["properties"]["verdict"] for result in results]
print("### selfconnect\n")
if not results:
    print("Nothing was found.")
    sys.exit()
counts = sorted(collections.Counter(verdicts).items(), key=lambda item: rank(item[0]))
print("%d %s: %s\n" % (len(results), "finding" if len(results) == 1 else "findings",
                       ", ".join("%d %s" % (count, text(verdict)) for verdict, count in counts)))
print("| verdict | place | finding | to see it |\n| --- | --- | --- | --- |")
shown = sorted(zip(verdicts, results), key=lambda pair: rank(pair[0]))
for verdict, result in shown[:MOST]:
    message = result["message"]["text"].split("\n")[0].rstrip(".")
    print("| %s | %s | %s | %s |" % (
        text(verdict), text(place(result)), text(message),
        text(result["properties"].get("reproduce") or "")))
if len(shown) > MOST:
    print("\n%d more are in the SARIF file and on the page." % (len(shown) - MOST))
