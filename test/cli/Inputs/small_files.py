# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""small_files.py BYTES COMMAND ARGS...: runs the command where no file can become
larger, as on a disk that is full."""

import os
import resource
import signal
import sys

signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
most = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
os.execvp(sys.argv[2], sys.argv[2:])
