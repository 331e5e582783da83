# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""with_address.py ADDRESS COMMAND...: raises the loopback interface of a network of
our own, gives it one more address, and becomes the command."""

import fcntl
import os
import socket
import struct
import sys

SIOCSIFADDR, SIOCSIFNETMASK, SIOCSIFFLAGS = 0x8916, 0x891C, 0x8914
IFF_UP = 1


def request(control, number, name, data):
    fcntl.ioctl(control, number, struct.pack("16s24s", name, data))


def address(text):
    return struct.pack("HH4s", socket.AF_INET, 0, socket.inet_aton(text))


with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as control:
    request(control, SIOCSIFFLAGS, b"lo", struct.pack("h", IFF_UP))
    request(control, SIOCSIFADDR, b"lo:7", address(sys.argv[1]))
    request(control, SIOCSIFNETMASK, b"lo:7", address("255.255.255.255"))
os.execv(sys.argv[2], sys.argv[2:])
