# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""refuse.py SYSCALL[:ARGUMENT=VALUE] ERRNO COMMAND...: runs a command for which
a seccomp filter refuses a system call, as a container or a security module
does. Only 64-bit x86 and ARM."""

import ctypes
import errno
import os
import platform
import struct
import sys

NUMBERS = {
    "x86_64": {"unshare": 272, "ioctl": 16, "socketpair": 53, "setsockopt": 54, "socket": 41,
               "connect": 42, "listen": 50},
    "aarch64": {"unshare": 97, "ioctl": 29, "socketpair": 199, "setsockopt": 208, "socket": 198,
                "connect": 203, "listen": 201},
}[platform.machine()]
LOAD, EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000

call, name = sys.argv[1:3]
call, _, condition = call.partition(":")
program = [(LOAD, 0, 0, 0)]
if condition:
    argument, value = condition.split("=")
    program += [(EQUAL, 0, 3, NUMBERS[call])]
    program += [(LOAD, 0, 0, 16 + 8 * int(argument)), (EQUAL, 0, 1, int(value, 0))]
else:
    program += [(EQUAL, 0, 1, NUMBERS[call])]
program += [(RETURN, 0, 0, ERRNO | getattr(errno, name)), (RETURN, 0, 0, ALLOW)]
code = ctypes.create_string_buffer(
    b"".join(struct.pack("HBBI", *each) for each in program)
)


class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


libc = ctypes.CDLL(None, use_errno=True)
PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2
libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
fprog = Program(len(program), ctypes.addressof(code))
if libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(fprog)) != 0:
    sys.exit("refuse.py: " + os.strerror(ctypes.get_errno()))
os.execv(sys.argv[3], sys.argv[3:])
