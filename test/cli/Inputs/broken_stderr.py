# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""broken_stderr.py COMMAND...: runs a command whose stderr is a pipe that nobody
reads any more."""

import os
import sys

reader, writer = os.pipe()
os.close(reader)
os.dup2(writer, 2)
os.execv(sys.argv[1], sys.argv[1:])
