#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How the time of the retry check grows with the number of loops in one
function.

    growth.py CLANG_TIDY MODULE [--small 75] [--large 300] [--most 5.0]
        [--seconds 1.0]

For each kind of loop (plain, counted, guarded) it writes a function with so
many of them one after the other, runs a trivial check alone and both checks
together over it, and prints what the large number takes beside the small one,
and what the retry check adds to the trivial one. User time is counted, the
least of three runs each. Exit code 1 if a limit is not kept: the large number
takes more than --most times as long, or the check adds more than --seconds.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile

HEAD = """\
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
void serve(int fd);
void many(const struct sockaddr_in *to) {
"""
OPEN = "int fd%(n)d = socket(AF_INET, SOCK_STREAM, 0);"
TRY = "connect(fd%(n)d, (const struct sockaddr *)to, sizeof(*to)) == 0"
KINDS = {
    "plain": """\
  for (;;) {
    %s
    if (%s) { serve(fd%%(n)d); break; }
    close(fd%%(n)d);
    sleep(1);
  }
"""
    % (OPEN, TRY),
    "counted": """\
  for (int i%%(n)d = 0; i%%(n)d < 5; i%%(n)d++) {
    %s
    if (%s) { serve(fd%%(n)d); break; }
    close(fd%%(n)d);
    sleep(1);
  }
"""
    % (OPEN, TRY),
    "guarded": """\
  for (;;) {
    %s
    if (%s) {
      struct sockaddr_in own%%(n)d, peer%%(n)d;
      socklen_t size%%(n)d = sizeof(own%%(n)d);
      getsockname(fd%%(n)d, (struct sockaddr *)&own%%(n)d, &size%%(n)d);
      size%%(n)d = sizeof(peer%%(n)d);
      getpeername(fd%%(n)d, (struct sockaddr *)&peer%%(n)d, &size%%(n)d);
      if (own%%(n)d.sin_port != peer%%(n)d.sin_port ||
          own%%(n)d.sin_addr.s_addr != peer%%(n)d.sin_addr.s_addr) {
        serve(fd%%(n)d);
        break;
      }
    }
    close(fd%%(n)d);
    sleep(1);
  }
"""
    % (OPEN, TRY),
}
CHEAP = "bugprone-sizeof-container"
RETRY = "selfconnect-retry-loop"


def measure(command):
    """The least user time of three runs, and what the last one printed."""
    times = []
    for _ in range(3):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
        if "error: " in run.stdout + run.stderr:
            sys.exit("selfconnect: error: %s" % (run.stdout + run.stderr).strip()[:500])
    return min(times), run.stdout


def added(arguments, source, kind, count):
    """Seconds that the retry check adds to the trivial one."""
    with open(source, "w", encoding="utf-8") as file:
        file.write(HEAD + "".join(KINDS[kind] % {"n": n} for n in range(count)) + "}\n")
    base = [arguments.clang_tidy, "--quiet", "--config={}", source]
    without, _ = measure(base + ["--checks=-*," + CHEAP, "--", "-O2"])
    load = ["-load=" + arguments.module, "--checks=-*,%s,%s" % (CHEAP, RETRY)]
    both, output = measure(base + load + ["--", "-O2"])
    found = output.count("[%s]" % RETRY)
    expected = 0 if kind == "guarded" else count
    if found != expected:
        sys.exit(
            "selfconnect: error: %d %s loops: %d are reported, not %d" % (count, kind, found, expected)
        )
    return both - without, both


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("clang_tidy")
    parser.add_argument("module", type=os.path.abspath)
    parser.add_argument("--small", type=int, default=75)
    parser.add_argument("--large", type=int, default=300)
    parser.add_argument("--most", type=float, default=5.0)
    parser.add_argument("--seconds", type=float, default=1.0)
    arguments = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as scratch:
        source = os.path.join(scratch, "many.c")
        for kind in KINDS:
            _, small = added(arguments, source, kind, arguments.small)
            more, large = added(arguments, source, kind, arguments.large)
            good = large <= arguments.most * small and more <= arguments.seconds
            kept &= good
            print(
                "%s: %d loops take %.2f times as long as %d, %.2f s more than the trivial check: %s"
                % (
                    kind,
                    arguments.large,
                    large / small,
                    arguments.small,
                    more,
                    "kept" if good else "NOT KEPT",
                ),
                flush=True,
            )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
