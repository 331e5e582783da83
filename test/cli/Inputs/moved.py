# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""moved.py FOLDER SELFCONNECT ARGS...: installs the command and its guard in the
folder, and becomes it."""

import os
import shutil
import sys

folder, command = sys.argv[1:3]
bin_dir = os.path.join(folder, "bin")
lib_dir = os.path.join(folder, "lib", "selfconnect")
os.makedirs(bin_dir)
os.makedirs(lib_dir)
moved = shutil.copy(command, bin_dir)
built = os.path.join(os.path.dirname(command), os.pardir, "lib", "selfconnect")
shutil.copy(os.path.join(built, "libselfconnect-guard.so"), lib_dir)
os.execv(moved, [moved] + sys.argv[3:])
