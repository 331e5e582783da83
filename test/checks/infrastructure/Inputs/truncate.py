# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""truncate.py SOURCES TEMP -- CLANG_TIDY... -- COMPILER_ARGUMENTS...

Runs clang-tidy over beginnings of the test sources, cut at places spread over
each file, and fails when it dies of a signal.
"""

import concurrent.futures
import glob
import os
import subprocess
import sys

CUTS_PER_FILE = 12

words = sys.argv[1:]
sources, temp = words[0], words[1]
second = words.index("--", 3)
tidy, compiler = words[3:second], words[second:]
os.makedirs(temp, exist_ok=True)


def beginnings():
    paths = glob.glob(os.path.join(sources, "*.c")) + glob.glob(os.path.join(sources, "*.cpp"))
    for path in sorted(paths):
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for cut in range(1, CUTS_PER_FILE + 1):
            # Cuts fall inside words and lines alike.
            end = len(text) * cut // (CUTS_PER_FILE + 1) + cut % 7
            name = os.path.join(temp, "%d-%s" % (end, os.path.basename(path)))
            with open(name, "w", encoding="utf-8") as file:
                file.write(text[:end])
            yield name


def crash(name):
    done = subprocess.run(tidy + [name] + compiler, capture_output=True, text=True,
                          errors="replace", check=False)
    # 128 + N is how a shell, and LLVM's own handler, tell of a signal.
    if done.returncode < 0 or done.returncode >= 128:
        return "%s: exit code %d\n%s" % (name, done.returncode, done.stderr[-3000:])
    return None


with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    crashes = [text for text in pool.map(crash, list(beginnings())) if text]
sys.exit("\n".join(crashes) if crashes else 0)
