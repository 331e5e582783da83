# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""retry_client.py PORT: connects until it succeeds, writes "hello", reads the
answer if one is there, and ends."""

import socket
import sys
import time

while True:
    try:
        server = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        break
    except ConnectionRefusedError:
        time.sleep(0.02)
server.sendall(b"hello")
server.setblocking(False)
try:
    server.recv(100)
except BlockingIOError:
    pass
