#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs our checks over a compilation database, one process per core.

    run_checks.py CLANG_TIDY MODULE DATABASE_DIR OUT_DIR [clang-tidy options]

Leaves a fixes YAML in OUT_DIR for each file with findings. A file that does not
compile is named, and what clang-tidy said about it is kept in OUT_DIR.
"""

import concurrent.futures
import json
import os
import subprocess
import sys


def sources(database_dir):
    """The files of the database, each once, in its order."""
    with open(os.path.join(database_dir, "compile_commands.json"), encoding="utf-8") as file:
        entries = json.load(file)
    paths = [os.path.normpath(os.path.join(e["directory"], e["file"])) for e in entries]
    return list(dict.fromkeys(paths))


def progress(text):
    if sys.stderr.isatty():
        print("\r\033[K    " + text, end="", file=sys.stderr, flush=True)


def main():
    clang_tidy, module, database_dir, out_dir = sys.argv[1:5]
    try:
        files = sources(database_dir)
    except (ValueError, KeyError, TypeError) as error:
        print("selfconnect: error: check: %s/compile_commands.json: %s" % (database_dir, error),
              file=sys.stderr)
        return 2

    def check(number, path):
        command = [clang_tidy, "-load=" + module, "--checks=-*,selfconnect-*", "--quiet",
                   "--header-filter=.*", "-p", database_dir,
                   "--export-fixes=" + os.path.join(out_dir, "%04d.yaml" % number)]
        done = subprocess.run(command + sys.argv[5:] + [path], capture_output=True,
                              text=True, errors="replace", check=False)
        return number, path, done

    failed = []
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = [pool.submit(check, number, path) for number, path in enumerate(files, 1)]
        for count, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            number, path, done = job.result()
            progress("[%d/%d] %s" % (count, len(files), path))
            if done.returncode:
                log = os.path.join(out_dir, "%04d.log" % number)
                with open(log, "w", encoding="utf-8") as file:
                    file.write(done.stdout + done.stderr)
                failed.append((path, log))
    progress("")
    for path, log in failed:
        print("    not analysed: %s (see %s)" % (path, log), file=sys.stderr)
    print("    %d files analysed, %d with findings" % (
        len(files) - len(failed),
        len([name for name in os.listdir(out_dir) if name.endswith(".yaml")])),
        file=sys.stderr)
    return 3 if len(failed) == len(files) else 0


if __name__ == "__main__":
    sys.exit(main())
