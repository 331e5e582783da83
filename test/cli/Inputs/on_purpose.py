# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""on_purpose.py PORT HOW: connects a socket to itself on purpose, by binding the
port of the destination. HOW it was bound: `dup`, through another descriptor;
`raw`, through one that the C library did not make; `exec`, before exec; `pass`, by
another process, which gave it to us; `lend`, by one that we gave it to; `fork`, by
a child; `spawn`, by another program. Prints whether it is connected."""

import array
import ctypes
import os
import platform
import socket
import subprocess
import sys

SYS_DUP = {"x86_64": 32, "aarch64": 23}[platform.machine()]
BIND = "import socket, sys; socket.socket(fileno=int(sys.argv[1])).bind(('127.0.0.1', int(sys.argv[2])))"

own = ("127.0.0.1", int(sys.argv[1]))
how = sys.argv[2]


def send(channel, client):
    fds = array.array("i", [client.fileno()])
    channel.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])


def receive(channel):
    _, messages, _, _ = channel.recvmsg(1, socket.CMSG_SPACE(4))
    return socket.socket(fileno=int.from_bytes(messages[0][2][:4], sys.byteorder))


def connect(client):
    error = client.connect_ex(own)
    print("connected" if error == 0 else os.strerror(error))


if how == "dup":
    first = socket.socket()
    first.dup().bind(own)
    connect(first)
elif how == "exec":
    first = socket.socket()
    first.bind(own)
    os.set_inheritable(first.fileno(), True)
    os.execv(sys.executable, [sys.executable, __file__, sys.argv[1], str(first.fileno())])
elif how == "raw":
    first = socket.socket()
    socket.socket(fileno=ctypes.CDLL(None).syscall(SYS_DUP, first.fileno())).bind(own)
    connect(first)
elif how == "pass":
    here, there = socket.socketpair()
    if os.fork() == 0:
        bound = socket.socket()
        bound.bind(own)
        send(there, bound)
        os._exit(0)
    connect(receive(here))
elif how == "lend":
    here, there = socket.socketpair()
    if os.fork() == 0:
        receive(there).bind(own)
        there.send(b"bound")
        os._exit(0)
    first = socket.socket()
    send(here, first)
    here.recv(5)
    connect(first)
elif how == "fork":
    first = socket.socket()
    if os.fork() == 0:
        first.bind(own)
        os._exit(0)
    os.wait()
    connect(first)
elif how == "spawn":
    first = socket.socket()
    words = [sys.executable, "-c", BIND, str(first.fileno()), sys.argv[1]]
    subprocess.run(words, pass_fds=[first.fileno()], check=True)
    connect(first)
else:
    connect(socket.socket(fileno=int(how)))
