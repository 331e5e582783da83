# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""log.py [--down=N] [--indent] [--copies=N] FILE...: writes each file (or so many, with
a number before the name) with three connects, two of them the same line, and prints
what clang-tidy would say of them, of a port that is not known."""

import argparse


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--down", type=int, default=0)
    parser.add_argument("--indent", action="store_true")
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("files", nargs="+")
    options = parser.parse_args()
    names = options.files
    if options.copies:
        names = ["%03d%s" % (n, name) for n in range(options.copies) for name in names]
    for name in names:
        blanks = "\t " if options.indent else "  "
        calls = [blanks + "connect(fd,  to,\t%d);\n" % n for n in (1, 2, 1)]
        with open(name, "w") as file:
            file.write("/* a */\n" * (1 + options.down) + "".join(calls))
        for index in range(len(calls)):
            at = "%s:%d:3: " % (name, 2 + options.down + index)
            print(at + "warning: retried connect() can connect to itself when no server is"
                  " listening [selfconnect-retry-loop]")
            print(at + "note: reproduce with: selfconnect reproduce 127.0.0.1:PORT --socket=new")


main()
