# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""one_finding.py TARGET_AND_OPTIONS: the text of clang-tidy for one finding with that
reproduce note."""

import sys

PLACE = "client.c:1:1: "
print(PLACE + "warning: retried connect() can connect to itself when no server is listening"
      " [selfconnect-retry-loop]")
print(PLACE + "note: reproduce with: selfconnect reproduce " + sys.argv[1])
