# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""on_purpose.py PORT dup|exec|pass: connects a socket to itself on purpose, by
binding the port of the destination: through another descriptor of it, before exec,
or in another process. Prints whether it is connected."""

import array
import os
import socket
import sys

own = ("127.0.0.1", int(sys.argv[1]))
how = sys.argv[2]


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
elif how == "pass":
    here, there = socket.socketpair()
    if os.fork() == 0:
        bound = socket.socket()
        bound.bind(own)
        fds = array.array("i", [bound.fileno()])
        there.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
        os._exit(0)
    _, messages, _, _ = here.recvmsg(1, socket.CMSG_SPACE(4))
    connect(socket.socket(fileno=int.from_bytes(messages[0][2][:4], sys.byteorder)))
else:
    connect(socket.socket(fileno=int(how)))
