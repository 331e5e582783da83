# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""first_tries.py SHARE < reproduce --trials --json: whether that share of the trials
met itself at the first try, give or take four standard deviations."""

import json
import math
import sys

share = float(sys.argv[1])
trials = json.load(sys.stdin)["trials"]
first = sum(each["tries"] == 1 for each in trials) / len(trials)
allowed = 4 * math.sqrt(share * (1 - share) / len(trials))
if abs(first - share) > allowed:
    sys.exit("first_tries.py: %.3f, not %.3f +- %.3f" % (first, share, allowed))
