# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""end_by_signal.py SIGNAL EXPECTED PROGRAM: ends `PROGRAM reproduce` by the
signal, once in the middle of its loop and once while it holds the socket, and
checks the exit code, that no process of it is left, and that the port settings
of this machine did not change."""

import atexit
import os
import select
import signal
import subprocess
import sys
import time

PATIENCE = 30  # seconds, for what takes milliseconds
SETTINGS = ("ip_local_port_range", "ip_local_reserved_ports")


def settings():
    return [open("/proc/sys/net/ipv4/" + name).read() for name in SETTINGS]


def stat(pid):
    """State and session of a process, or None."""
    try:
        with open("/proc/%s/stat" % pid) as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return fields[0], int(fields[3])


def members(session):
    """The living processes of the session."""
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        state = stat(pid)
        # A zombie is dead; to bury it is the business of whoever inherited it.
        if state and state[1] == session and state[0] not in "ZX":
            found.append(int(pid))
    return found


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        select.select([], [], [], 0.005)


def start(arguments):
    command = subprocess.Popen(
        [program, "reproduce", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    atexit.register(command.kill)  # whatever goes wrong here
    return command


def end(command):
    command.send_signal(number)
    assert command.wait(PATIENCE) == expected, command.returncode
    until(lambda: not members(command.pid), "processes are left")


def in_the_loop():
    # More trials than can be over before the signal comes.
    command = start(["127.0.0.1:33334", "--range=linux", "--trials=100000"])
    until(lambda: len(members(command.pid)) > 1, "no child process")
    end(command)


def while_it_holds():
    command = start(["127.0.0.1:33334", "--method=forced", "--range=linux", "--hold"])
    for line in command.stderr:
        if line.startswith(b"Enter"):
            break
    assert len(members(command.pid)) == 2, members(command.pid)
    end(command)


number = getattr(signal, "SIG" + sys.argv[1])
if number != signal.SIGKILL:
    # What runs the tests may ignore it, and that is inherited.
    signal.signal(number, signal.SIG_DFL)
expected = int(sys.argv[2])
program = sys.argv[3]
before = settings()
in_the_loop()
while_it_holds()
assert settings() == before, (before, settings())
