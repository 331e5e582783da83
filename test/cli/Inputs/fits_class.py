# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""fits_class.py ISOLATION < RANGE.JSON: whether `selfconnect range --json` calibrated
in that isolation, by as many tries as it says, and named the class whose strides,
read off the kernel's sources (see selfconnect/kernel_class.h), these are."""

import json
import sys

STRIDES = {
    "A": {1},
    "B": {2},
    "C": {2},
    "D": {2, 4},
    "E": set(range(2, 17, 2)),
}

found = json.load(sys.stdin)["calibration"]
assert found["failure"] is None, found
assert found["isolation"] == sys.argv[1], found
strides = {int(stride): count for stride, count in found["strides"].items()}
assert sum(strides.values()) == 127, found  # 128 tries

# The walk wraps round at the end of the range, which 128 tries can reach once.
onward = {stride: count for stride, count in strides.items() if stride > 0}
assert sum(strides.values()) - sum(onward.values()) <= 1, found
fitting = [name for name in STRIDES if set(onward) <= STRIDES[name]]
assert found["class"] in fitting, found
# A class that permits more than is seen is named only where no other fits.
assert found["class"] == fitting[0] or fitting[0] in "BC", (found, fitting)
