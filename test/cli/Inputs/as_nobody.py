# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs a command without privileges: as it is for an ordinary user, as user
65534 for root. The program is opened first, since its directory may be closed
to others."""

import os
import sys

NOBODY = 65534

program = os.open(sys.argv[1], os.O_RDONLY)
os.chdir("/")
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(NOBODY)
    os.setuid(NOBODY)
os.execve(program, sys.argv[1:], os.environ)
