# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""end_exec.py SIGNAL EXPECTED PROGRAM: ends `PROGRAM exec` by the signal while
the program in it runs, and checks the exit code and that no process of it is
left, not even one in a session of its own."""

import os
import select
import signal
import subprocess
import sys
import time

PATIENCE = 30  # seconds, for what takes milliseconds
MARK = "mark-%d" % os.getpid()


def marked():
    """The living processes with our mark on their command line."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open("/proc/%s/cmdline" % pid) as file:
                if MARK in file.read() and int(pid) != os.getpid():
                    found.append(pid)
        except OSError:
            pass
    return found


number = getattr(signal, "SIG" + sys.argv[1])
if number != signal.SIGKILL:
    # What runs the tests may ignore it, and that is inherited.
    signal.signal(number, signal.SIG_DFL)
script = "setsid sh -c 'echo ready; sleep 1000; : %s'; : " % MARK
command = subprocess.Popen(
    [sys.argv[3], "exec", "33334", "--timeout=100", "--", "sh", "-c", script],
    stdout=subprocess.PIPE,
    start_new_session=True,
)
assert command.stdout.readline() == b"ready\n"
assert marked(), "the mark is not found where it has to be"
command.send_signal(number)
assert command.wait(PATIENCE) == int(sys.argv[2]), command.returncode
end = time.monotonic() + PATIENCE
while marked():
    assert time.monotonic() < end, "processes are left"
    select.select([], [], [], 0.005)
