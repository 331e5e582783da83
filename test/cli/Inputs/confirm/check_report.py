# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Reads `selfconnect confirm --json` from standard input and compares the
# verdicts with those named in the arguments, in the order of the report:
#
#   check_report.py '127.0.0.1:33334 32768-60999 confirmed natural' ...
#
# The method is that of the run, or "none". What a verdict must bring along is
# checked too: the evidence of a confirmed one, a reason in any case.

import json
import sys

report = json.load(sys.stdin)
assert report["schema"] == 1, report["schema"]

seen = []
for finding in report["findings"]:
    for verdict in finding["verdicts"]:
        target = verdict["assumed"] or finding["target"]
        method = verdict["method"] or "none"
        seen.append(" ".join([target, verdict["range"], verdict["verdict"], method]))
        assert verdict["reason"], finding
        if not verdict["verdict"].startswith("confirmed"):
            assert verdict["evidence"] is None, verdict
            continue
        evidence = verdict["evidence"]
        assert evidence["local"] == target, evidence
        assert evidence["peer"] == target, evidence
        assert evidence["tcp_state"] == "ESTABLISHED", evidence
        assert evidence["echo"] is True, evidence
        assert evidence["server_bind"] == "EADDRINUSE", evidence
        assert evidence["server_bind_after_reset"] == "ok", evidence
        if verdict["method"] == "forced":
            assert verdict["tries"] == 1, verdict
        else:
            assert verdict["tries"] >= 1, verdict

expected = sys.argv[1:]
if seen != expected:
    sys.exit(f"expected: {expected}\nseen:     {seen}")
counts = {}
for line in seen:
    kind = line.split()[2]
    counts[kind] = counts.get(kind, 0) + 1
assert {k: n for k, n in report["summary"].items() if n} == counts, report["summary"]
