# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""retry_client.py PORT [TRIES]: connects until it succeeds, writes "hello", reads
the answer if one is there, and ends. With TRIES it tries without a pause, and
gives up after so many."""

import socket
import sys
import time

tries = int(sys.argv[2]) if len(sys.argv) > 2 else 0
failed = 0
while True:
    try:
        server = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
        break
    except ConnectionRefusedError:
        failed += 1
        if failed == tries:
            sys.exit("refused %d times" % failed)
        if not tries:
            time.sleep(0.02)
server.sendall(b"hello")
server.setblocking(False)
try:
    server.recv(100)
except BlockingIOError:
    pass
