# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hit_once.py PORT [FILE]: under the guard and where each connect draws PORT, is
refused once; with a FILE that has taken the number of stderr, in which nobody else
may write."""

import errno
import os
import signal
import socket
import sys

signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # which Python ignores
if len(sys.argv) > 2:
    os.close(2)
    assert os.open(sys.argv[2], os.O_RDWR | os.O_CREAT) == 2
with socket.socket() as client:
    error = client.connect_ex(("127.0.0.1", int(sys.argv[1])))
if error != errno.ECONNREFUSED:
    sys.exit("not refused: %s" % os.strerror(error))
if len(sys.argv) > 2 and os.fstat(2).st_size:
    sys.exit("the guard wrote into the file")
print("refused")
