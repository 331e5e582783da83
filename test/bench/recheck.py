#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How long the re-check after an edit takes in selfconnect-clangd, against
LLVM's own clangd.

    recheck.py SELFCONNECT_CLANGD STOCK_CLANGD [--rounds N] [--most 1.05]
        [--clients N] [--write docs/measurements.md]

Both have the same large file open and take turns: one edit here, the same edit
there. Both run the checks that clangd runs by default; ours runs its own too.
Measured is the time from the edit to its diagnostics, without clangd's pause
for further typing. Prints the times that a tenth of the edits stay below, since
whatever else runs on the machine can only add to them, and their ratio; exit code
1 if the ratio is above --most.
"""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../clangd/Inputs"))
import lsp  # pylint: disable=wrong-import-position
import marked_block  # pylint: disable=wrong-import-position

HEAD = """\
#include <algorithm>
#include <arpa/inet.h>
#include <chrono>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <regex>
#include <string>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>
"""

# Most of a program has nothing to do with sockets; some of it does.
PLAIN = """
struct Table%(n)d {
  std::map<std::string, std::vector<int>> rows;
  int total(const std::string &name) const {
    auto found = rows.find(name);
    if (found == rows.end())
      return %(n)d;
    int sum = 0;
    for (int each : found->second) {
      if (each %% 3 == 0)
        sum += each;
      else if (each < 0)
        continue;
      else
        sum -= each / 2;
    }
    return sum;
  }
  void sort() {
    for (auto &row : rows)
      std::sort(row.second.begin(), row.second.end());
  }
};
"""
CLIENT = """
int connectTo%(n)d(int port) {
  sockaddr_in there{};
  there.sin_family = AF_INET;
  there.sin_port = htons(port);
  inet_pton(AF_INET, "127.0.0.1", &there.sin_addr);
  for (;;) {
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, reinterpret_cast<sockaddr *>(&there), sizeof there) == 0)
      return fd;
    close(fd);
  }
}
int client%(n)d() { return connectTo%(n)d(4%(n)04d); }
"""


PARTS = 150


def source(clients):
    every = PARTS // clients
    parts = [HEAD]
    for number in range(PARTS):
        parts.append((CLIENT if number % every == 0 else PLAIN) % {"n": number})
    return "".join(parts)


def edit(server, document, text):
    begin = time.monotonic()
    server.change(document, text, now=True)
    found = server.diagnostics(document)
    return time.monotonic() - begin, lsp.ours(found)


BEGIN = "<!-- re-check: written by test/bench/recheck.py -->"
END = "<!-- re-check: end -->"


def write(path, ratio, low, high, options):
    block = f"""
## What the checks add to clangd

Time from an edit to its diagnostics in `selfconnect-clangd`, relative to that in LLVM's
clangd, in a file of about 3,300 lines with {options.clients} clients and {HEAD.count("#")} headers. Both get
{options.rounds} edits, in turn. The figure is the ratio of the first deciles, since other work on the
machine can only add time; in brackets are the quartiles of the ratios of the pairs.

{ratio:.3f} ({low:.3f} to {high:.3f})
"""
    marked_block.write(path, BEGIN, block, END)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("selfconnect_clangd")
    parser.add_argument("stock_clangd")
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--most", type=float, default=1.05)
    parser.add_argument("--clients", type=int, default=15)
    parser.add_argument("--write")
    options = parser.parse_args()
    marked_block.check(options.write)

    text = source(options.clients)
    with tempfile.TemporaryDirectory() as folder:
        sides = []
        for name, program in (
            ("clangd", options.stock_clangd),
            ("selfconnect-clangd", options.selfconnect_clangd),
        ):
            # The server's working folder is another one.
            path = os.path.abspath(shutil.which(program) or program)
            server = lsp.Server([path], os.path.join(folder, name))
            document = server.open("large.cpp", text)
            server.diagnostics(document)
            sides.append((name, server, document, []))
        for number in range(-3, options.rounds):
            for name, server, document, times in sides:
                taken, found = edit(server, document, text + "int edit = %d;\n" % number)
                # The bench is of a check that does its work.
                assert bool(found) == (name != "clangd"), (name, found)
                if number >= 0:
                    times.append(taken)
        for _, server, _, _ in sides:
            server.stop()
    least = [statistics.quantiles(times, n=10)[0] for _, _, _, times in sides]
    for (name, _, _, times), each in zip(sides, least):
        print(f"{name:20} {1000 * each:8.1f} ms (a tenth of {len(times)} edits stay below)")
    ratio = least[1] / least[0]
    print(f"{'ratio':20} {ratio:8.3f}")
    if options.write:
        pairs = [mine / theirs for theirs, mine in zip(sides[0][3], sides[1][3])]
        low, _, high = statistics.quantiles(pairs, n=4)
        write(options.write, ratio, low, high, options)
    return 0 if ratio <= options.most else 1


if __name__ == "__main__":
    sys.exit(main())
