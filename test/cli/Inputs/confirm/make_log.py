# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
# Makes a build log out of clang-tidy's text: in colour, with the line ends of
# Windows, with lines of other programs in between.

import re
import sys

sys.stdout.reconfigure(newline="\r\n")
for number, line in enumerate(sys.stdin.read().splitlines()):
    line = re.sub(
        r"^(.*?: )(warning|note): (.*)$",
        "\x1b[1m\\1\x1b[0m\x1b[0;1;35m\\2: \x1b[0m\x1b[1m\\3\x1b[0m",
        line,
    )
    print(line)
    if number % 3 == 0:
        print(f"[{number}/99] Building C object src/part:{number}.c.o")
