# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""as_nobody.py [--nproc=N] PROGRAM ARGS...: runs a command without privileges: as
it is for an ordinary user, as user 65534 for root; with a limit of processes if
one is given. The program is opened first, since its directory may be closed to
others."""

import os
import resource
import sys

NOBODY = 65534

command = sys.argv[1:]
limit = command.pop(0) if command[0].startswith("--nproc=") else None
program = os.open(command[0], os.O_RDONLY)
os.chdir("/")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
if limit:
    number = int(limit.partition("=")[2])
    resource.setrlimit(resource.RLIMIT_NPROC, (number, number))
    # A program that looks for leaks at its end wants a thread for it.
    os.environ["ASAN_OPTIONS"] = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
os.execve(program, command, os.environ)
