# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""try_of_call.py BOUND: in the report on standard input, the tries of each verdict are
those of whole calls of so many tries, and of the last one."""

import json
import sys

bound = int(sys.argv[1])
verdicts = [verdict for finding in json.load(sys.stdin)["findings"]
            for verdict in finding["verdicts"]]
assert verdicts
for verdict in verdicts:
    assert 1 <= verdict["try_of_call"] <= bound, verdict
    assert verdict["tries"] == (verdict["calls"] - 1) * bound + verdict["try_of_call"], verdict
