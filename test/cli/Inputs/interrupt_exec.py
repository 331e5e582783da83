# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""interrupt_exec.py SIGNAL EXPECTED SELFCONNECT CLIENT: ends `selfconnect exec` by
the signal once a client in it has met itself, and passes on what it prints."""

import signal
import subprocess
import sys

number = getattr(signal, "SIG" + sys.argv[1])
# What runs the tests may ignore it, and that is inherited.
signal.signal(number, signal.SIG_DFL)
script = sys.argv[4] + " probe 33334; echo ready; exec sleep 1000"
command = subprocess.Popen(
    [sys.argv[3], "exec", "33334", "--timeout=100", "--", "sh", "-c", script],
    stdout=subprocess.PIPE,
    start_new_session=True,
)
assert command.stdout.readline() == b"ready\n"
command.send_signal(number)
sys.stdout.write(command.communicate()[0].decode())
assert command.returncode == int(sys.argv[2]), command.returncode
