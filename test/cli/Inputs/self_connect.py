# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   self_connect.py PORT STEP...
#
# Connects to PORT of 127.0.0.1 and does to the socket what the steps say.

import os
import signal
import socket
import sys

port, *steps = sys.argv[1:]
client = socket.socket()
client.connect(("127.0.0.1", int(port)))
fd = client.detach()  # from here on system calls alone


def half(how):
    client = socket.socket(fileno=fd)
    client.shutdown(how)
    client.detach()


def replace():
    os.dup2(os.open(os.devnull, os.O_RDONLY), fd)


def move():
    global fd
    old, fd = fd, os.dup(fd)
    os.close(old)


def to_child():
    """The child has it alone."""
    ready, go = os.pipe()
    if os.fork() > 0:
        os.close(fd)
        os.close(go)
        os.wait()
        os._exit(0)
    os.close(go)
    os.close(ready)


def try_to_execute():
    try:
        os.execv("/no/such/program", ["program"])
    except OSError:
        pass


STEPS = {
    "write": lambda: os.write(fd, b"x\n"),
    "read": lambda: os.read(fd, 2),
    "read-to-end": lambda: list(iter(lambda: os.read(fd, 2), b"")),
    "shutdown": lambda: half(socket.SHUT_RDWR),
    "shutdown-write": lambda: half(socket.SHUT_WR),
    "shutdown-read": lambda: half(socket.SHUT_RD),
    "close": lambda: os.close(fd),
    "close-range": lambda: os.closerange(fd, 1 << 20),
    "replace": replace,
    "move": move,
    "to-child": to_child,
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "fail-to-execute": try_to_execute,
    "abort": os.abort,
    "segv": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "kill": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "exit": lambda: os._exit(0),
    "fail": lambda: os._exit(1),
}


for step in steps:
    STEPS[step]()
