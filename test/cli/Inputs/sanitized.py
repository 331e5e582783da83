# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""sanitized.py asan|tsan CLIENTS PROGRAM ARGS...: becomes PROGRAM_asan or so of the
folder CLIENTS, under the guard that is built likewise. A finding ends it with exit
code 86."""

import ctypes
import os
import sys

kind, clients, program = sys.argv[1:4]
environment = dict(
    os.environ,
    ASAN_OPTIONS="exitcode=86:verify_asan_link_order=0",
    UBSAN_OPTIONS="exitcode=86:print_stacktrace=1",
    TSAN_OPTIONS="exitcode=86:halt_on_error=1",
    SELFCONNECT_GUARD="refuse",
    SELFCONNECT_GUARD_LOG="/dev/null",
    LD_PRELOAD=os.path.join(clients, "guard_%s.so" % kind),
)
# ThreadSanitizer wants its addresses where some kernels put other things.
ADDR_NO_RANDOMIZE = 0x0040000
ctypes.CDLL(None).personality(ADDR_NO_RANDOMIZE)
path = os.path.join(clients, "%s_%s" % (program, kind))
os.execve(path, [path] + sys.argv[4:], environment)
