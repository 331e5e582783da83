# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""client.py HOST:PORT [bind=HOST:PORT] [same] [nonblocking] [write]: tries to
connect, twice where it is refused, each time with a new socket or with the same
one. Exit code 0 if it is connected."""

import errno
import select
import socket
import sys


def endpoint(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


target = endpoint(sys.argv[1])
words = sys.argv[2:]
own = [endpoint(word[5:]) for word in words if word.startswith("bind=")]


def new_socket():
    client = socket.socket()
    client.setblocking("nonblocking" not in words)
    for address in own:
        client.bind(address)
    return client


def connects(client):
    error = client.connect_ex(target)
    if error == errno.EINPROGRESS:
        select.select([], [client], [])
        error = client.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    return error == 0


client = new_socket()
for turn in range(2):
    if connects(client):
        if "write" in words:
            client.send(b"hello")
        sys.exit(0)
    if "same" not in words:
        client.close()
        client = new_socket()
sys.exit(1)
