# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""A workspace of three targets, and Bazel on it without a network.

    project.py FOLDER ASPECT   makes the workspace; prints what each build did

Bazel as Debian packages it wants a few repositories of rules from the network; what
little of them a C++ workspace needs is made here, from Bazel's own rules.
"""

import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys

folder, aspect = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()

FILES = {
    "WORKSPACE": f'local_repository(name = "selfconnect", path = "{aspect}")\n',
    "lib/BUILD": """
cc_library(name = "dial", srcs = ["dial.c"], hdrs = ["dial.h"],
           visibility = ["//visibility:public"])
""",
    "lib/dial.h": "int dial(const char *host, int port);\n",
    "lib/dial.c": """
#include "dial.h"
#include <arpa/inet.h>
#include <unistd.h>
int dial(const char *host, int port) {
  struct sockaddr_in to = {0};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  inet_pton(AF_INET, host, &to.sin_addr);
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  if (connect(fd, (struct sockaddr *)&to, sizeof(to)) < 0) {
    close(fd);
    return -1;
  }
  return fd;
}
""",
    "app/BUILD": """
cc_binary(name = "app", srcs = ["main.c"], deps = ["//lib:dial"])
cc_binary(name = "other", srcs = ["other.cpp"], copts = ["-DPORT=8080"], deps = ["//lib:dial"])
""",
    "app/main.c": """
#include "lib/dial.h"
int main(void) {
  while (dial("127.0.0.1", 40404) < 0)
    ;
  return 0;
}
""",
    "app/other.cpp": """
extern "C" {
#include "lib/dial.h"
}
int main() {
  while (dial("127.0.0.1", PORT) < 0)
    ;
}
""",
}

RULES = {
    "rules_cc/cc": """cc_library cc_binary cc_test cc_import cc_toolchain
        cc_toolchain_suite cc_proto_library fdo_profile objc_library""",
    "rules_java/java": """java_library java_binary java_import java_test java_toolchain
        java_runtime java_package_configuration java_plugin java_proto_library
        java_lite_proto_library""",
    "rules_proto/proto": "proto_library proto_lang_toolchain",
    "bazel_skylib/lib": "",
}


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def make():
    for name, text in FILES.items():
        write(folder / "workspace" / name, text)
    for package, rules in RULES.items():
        repository = package.split("/")[0]
        write(folder / "rules" / repository / "WORKSPACE", f'workspace(name = "{repository}")\n')
        write(folder / "rules" / package / "BUILD", "")
        write(
            folder / "rules" / package / "defs.bzl",
            "".join(f"{rule} = native.{rule}\n" for rule in rules.split()),
        )


def bazel(output, *command, options=()):
    """Bazel's own words, and its folder of outputs."""
    root = folder / output
    overrides = [f"--override_repository={p.name}={p}" for p in (folder / "rules").iterdir()]
    overrides.append("--override_repository=platforms=/usr/share/bazel/platforms")
    ran = subprocess.run(
        ["bazel", f"--output_user_root={root}", "--max_idle_secs=60", *command]
        + ([*overrides, "--experimental_convenience_symlinks=ignore", "--color=no", "--curses=no"]
           if command[0] != "shutdown" else [])
        + list(options),
        cwd=folder / "workspace",
        capture_output=True,
        text=True,
    )
    if ran.returncode != 0:
        sys.exit(ran.stderr + ran.stdout)
    return ran


def scan(output, *options):
    """Which targets the checks ran on; what they left, by name."""
    ran = bazel(
        output,
        "build",
        "//...",
        "--aspects=@selfconnect//:selfconnect.bzl%selfconnect",
        "--output_groups=selfconnect",
        "--subcommands",
        options=options,
    )
    targets = sorted(set(re.findall(r"SUBCOMMAND: # (\S+) \[action 'Looking for", ran.stderr)))
    bin_folder = pathlib.Path(bazel(output, "info", "bazel-bin").stdout.strip())
    left = {
        str(each.relative_to(bin_folder)): each.read_bytes()
        for each in sorted(bin_folder.glob("*/_selfconnect/**/*"))
        if each.is_file()
    }
    return targets, left


make()
shutil.rmtree(folder / "first", ignore_errors=True)
targets, first = scan("first")
print("first:", *targets)
print(first["app/_selfconnect/app.txt"].decode(), end="")
print("other:", first["app/_selfconnect/other.txt"].decode() or "silent")

with open(folder / "workspace" / "app" / "main.c", "a") as file:
    file.write("// said at the end\n")
print("touched app/main.c:", *scan("first")[0])
with open(folder / "workspace" / "lib" / "dial.c", "a") as file:
    file.write("// said at the end\n")
targets, left = scan("first")
print("touched lib/dial.c:", *targets)
print("nothing touched:", *scan("first")[0])

# Elsewhere, deeper, and without a sandbox: the same bytes.
_, elsewhere = scan("a/second/place", "--spawn_strategy=local")
print("names:", "same" if left.keys() == elsewhere.keys() else (left.keys(), elsewhere.keys()))
print("bytes:", "same" if left == elsewhere else [n for n in left if left[n] != elsewhere.get(n)])
for name, content in left.items():
    if str(folder).encode() in content:
        print("names this machine:", name)

for name, content in left.items():
    if name.endswith(".yaml"):
        write(folder / "workspace" / "found" / name.replace("/", "-"), content.decode())
for output in ("first", "a/second/place"):
    bazel(output, "shutdown")
