# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Holds the JSON of confirm on stdin to what a source says behind its functions:

    // 127.0.0.1:40404 --socket=new => confirmed

in the order of the findings; `nothing` is for a function without one. A bounded
loop's verdict is to name the try and the call.
"""

import json
import re
import sys

prefix = "reproduce with: selfconnect reproduce "
expected = re.findall(r"^// (\S+:\S+ --socket=.*) => (\S+)$", open(sys.argv[1]).read(), re.M)
found = []
for finding in json.load(sys.stdin)["findings"]:
    (verdict,) = finding["verdicts"]
    messages = [note["message"] for note in finding["notes"]]
    (note,) = [text for text in messages if text.startswith(prefix)]
    found.append((note, verdict["verdict"]))
    bound = re.search(r"--tries=(\d+)", note)
    if bound and verdict["verdict"] == "confirmed":
        place = re.search(r"at try (\d+) of call \d+", verdict["reason"])
        assert place and int(place[1]) <= int(bound[1]), verdict["reason"]

expected = [(prefix + note, verdict) for note, verdict in expected]
for want, got in zip(expected, found):
    assert want == got, f"expected {want}, not {got}"
assert len(expected) == len(found), (len(expected), len(found))

# Whatever a note can say is in one of them.
words = " ".join(note for note, _ in found)
for word in (
    "--socket=new",
    "--socket=same",
    "--socket=nonblocking",
    "--tries=",
    "--bind-any-port",
    "--reuseaddr",
    " HOST:",
    ":PORT ",
    " [::1]:",
):
    assert word in words, f"no note with {word}"
