#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Writes a source file of a hostile shape.

    hostile.py blocks|states|recursion|templates|handlers|nesting
"""

import sys

HEAD = """#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
extern int flag(int);
"""


def blocks():
    """One function of many thousand blocks around the attempt."""
    tests = "".join("    if (flag(%d)) x += %d; else y = x;\n" % (i, i) for i in range(4000))
    return HEAD + """int f(const struct sockaddr *a, socklen_t n) {
  int x = 0, y = 0;
  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, a, n) == 0)
      return s;
    close(s);
%s  }
  return x + y;
}
""" % tests


def states():
    """More ways through a function than anybody can follow."""
    names = ["v%d" % i for i in range(16)]
    return HEAD + "int f(const struct sockaddr *a, socklen_t n) {\n  int %s;\n" % (
        ", ".join(name + " = 0" for name in names)) + """  for (;;) {
    int s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, a, n) == 0)
      return s;
    close(s);
%s  }
  return %s;
}
""" % ("".join("    if (flag(%d)) %s = 1; else %s = 2;\n" % (i, name, name)
              for i, name in enumerate(names))
       + "".join("    if (%s == 3) return -1;\n" % name for name in names),
       " + ".join(names))


def recursion():
    """Hundreds of functions that call each other, the last one the first."""
    text = HEAD + "int f0(int s, const struct sockaddr *a, socklen_t n);\n"
    for i in range(600, 0, -1):
        callee = "f%d" % ((i + 1) % 601)
        text += ("int f%d(int s, const struct sockaddr *a, socklen_t n) {\n"
                 "  return flag(%d) ? %s(s, a, n) : f0(s, a, n);\n}\n" % (i, i, callee))
    return text + """int f0(int s, const struct sockaddr *a, socklen_t n) {
  if (connect(s, a, n) == 0)
    return s;
  return f1(s, a, n);
}
"""


def templates():
    """An attempt in a template that is instantiated many times."""
    return HEAD + """template <int N> int f(int s, const sockaddr *a, socklen_t n) {
  while (connect(s, a, n) < 0)
    sleep(N);
  return f<N - 1>(s, a, n);
}
template <> int f<0>(int s, const sockaddr *, socklen_t) { return s; }
int g(int s, const sockaddr *a, socklen_t n) { return f<400>(s, a, n); }
"""


def handlers():
    """Thousands of callbacks that all lead to each other and to the attempt."""
    text = HEAD + "void later(void (*)(int));\nvoid h0(int);\n"
    text += "".join("void h%d(int s) { if (flag(s)) later(h%d); else h0(s); }\n"
                    % (i, i - 1) for i in range(1, 3000))
    return text + """struct sockaddr_in a;
void h0(int s) {
  if (connect(s, (struct sockaddr *)&a, sizeof(a)) < 0)
    later(h2999);
}
"""


def nesting():
    """Conditions and loops within each other."""
    depth = 200
    return HEAD + ("int f(int s, const struct sockaddr *a, socklen_t n) {\n"
                   + "while (flag(1)) {\n" * depth
                   + "if (connect(s, a, n) == 0) return s;\n"
                   + "}\n" * depth + "return -1;\n}\n")


print(globals()[sys.argv[1]](), end="")
