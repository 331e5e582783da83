# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   listening.py PORT COMMAND...
#
# Runs the command while it listens on PORT of 127.0.0.1.

import socket
import subprocess
import sys

with socket.create_server(("127.0.0.1", int(sys.argv[1]))):
    sys.exit(subprocess.run(sys.argv[2:], check=False).returncode)
