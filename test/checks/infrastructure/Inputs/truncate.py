# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""truncate.py SOURCES TEMP -- CLANG_TIDY... -- COMPILER_ARGUMENTS...

Runs clang-tidy over beginnings of the test sources, cut at places spread over
each file, and fails when it dies of a signal.

One clang-tidy reads all beginnings of a file, since to start it takes longer
than to read one. Only after a crash each is read alone, to name the one.
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


def beginnings(path):
    with open(path, encoding="utf-8") as file:
        text = file.read()
    names = []
    for cut in range(1, CUTS_PER_FILE + 1):
        # Cuts fall inside words and lines alike.
        end = len(text) * cut // (CUTS_PER_FILE + 1) + cut % 7
        names.append(os.path.join(temp, "%d-%s" % (end, os.path.basename(path))))
        with open(names[-1], "w", encoding="utf-8") as file:
            file.write(text[:end])
    return names


def crash(names):
    done = subprocess.run(tidy + names + compiler, capture_output=True, text=True,
                          errors="replace", check=False)
    # 128 + N is how a shell, and LLVM's own handler, tell of a signal.
    if done.returncode < 0 or done.returncode >= 128:
        return "%s: exit code %d\n%s" % (
            " ".join(names), done.returncode, done.stderr[-3000:])
    # Otherwise it has read all of them: it says so of each that does not compile.
    for name in names:
        if name not in done.stdout + done.stderr:
            quiet.append(name)
    return None


def crashes(path):
    names = beginnings(path)
    together = crash(names)
    if not together:
        return []
    return [text for text in (crash([name]) for name in names) if text] or [together]


quiet = []
paths = sorted(glob.glob(os.path.join(sources, "*.c")) + glob.glob(os.path.join(sources, "*.cpp")))
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    found = [text for texts in pool.map(crashes, paths) for text in texts]
if found:
    sys.exit("\n".join(found))
# Some beginnings are whole programs without a finding. Most are not: where
# clang-tidy is silent about most, it has not read them.
if not paths or len(quiet) > len(paths) * CUTS_PER_FILE // 2:
    sys.exit("clang-tidy was silent about %s" % " ".join(quiet))
