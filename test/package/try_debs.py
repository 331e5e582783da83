# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tries Debian packages as their users do: lintian on each; each alone on a bare root
of a release, installed, used, upgraded from an older one, removed and purged; then all
of them together, and a scan of a project by an ordinary user. Writes the outcomes as
JUnit to RESULTS/ctest.xml. Run by scripts/test --packages, which makes the packages.

The root is bare again after each case, and a case fails unless it is."""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET

parser = argparse.ArgumentParser()
for name in ("enter", "root", "old", "new", "results"):
    parser.add_argument("--" + name, required=True)
arguments = parser.parse_args()
INPUTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Inputs")
APT = "DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends "
# Whatever an earlier run has left.
CLEAR = ("rm -rf /tmp/*; dpkg-query -W -f='${Package}\\n' | { grep -E '^(lib)?selfconnect' || true; } "
         "| xargs -r dpkg --purge; ")
# What changes with any package, and says nothing of ours.
UNTOLD = ("/proc", "/sys", "/dev", "/tmp", "/run", "/mnt", "/debs", "/root", "/var/log",
          "/var/cache", "/var/lib/apt", "/var/lib/dpkg/status", "/var/lib/dpkg/lock",
          "/var/lib/dpkg/diversions", "/var/lib/dpkg/statoverride", "/etc/ld.so.cache")


class Fault(Exception):
    pass


def run(*command):
    done = subprocess.run(command, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return done.returncode, done.stdout


def inside(script, code=0):
    """A script of bash in the root."""
    found, output = run(arguments.enter, arguments.root, "bash", "-euo", "pipefail", "-c", script)
    if found != code:
        raise Fault("%s\n%s\nexit code %d, expected %d" % (script, output, found, code))
    return output


def expect(output, *texts):
    for text in texts:
        if text not in output:
            raise Fault("%s\nhas no %r" % (output, text))


def field(deb, name):
    return subprocess.check_output(["dpkg-deb", "-f", deb, name], text=True).strip()


def packages_of(folder):
    return {field(deb, "Package"): deb for deb in sorted(glob.glob(folder + "/*.deb"))}


def installed():
    return set(inside("dpkg-query -W -f='${Package} ${Status}\\n'").splitlines())


def files():
    """Every path of the root, and where links lead."""
    listed = inside("find / -xdev -printf '%p %y %l\\n'").splitlines()
    return {line for line in listed if not line.startswith(UNTOLD)}


def same(before, after, what):
    if before != after:
        raise Fault("%s: left: %s; gone: %s"
                    % (what, sorted(after - before), sorted(before - after)))


def place(folder, deb):
    """The deb's path in the root."""
    target = os.path.join(arguments.root, "debs", folder)
    os.makedirs(target, exist_ok=True)
    shutil.copy(deb, target)
    return "/debs/%s/%s" % (folder, os.path.basename(deb))


# --- What each package is for -----------------------------------------------

WARNING = "warning: retried connect() can connect to itself"


def use_command(_):
    expect(inside("selfconnect --version"), "selfconnect ")
    output = inside("selfconnect reproduce 127.0.0.1:33334 --method forced")
    expect(output, "33334")
    inside("selfconnect guard -- true; test -s /usr/share/man/man1/selfconnect.1.gz; "
           "test -s /usr/share/zsh/vendor-completions/_selfconnect")


def use_tidy(major):
    inside("cp /debs/inputs/client.c /tmp")
    for command in (
        "clang-tidy-%s -load=$(echo /usr/lib/*/selfconnect/selfconnect-tidy-%s.so)" % (major, major),
        "selfconnect-clang-tidy-%s" % major,
        "selfconnect-clang-tidy",
    ):
        output = inside("%s '-checks=-*,selfconnect-*' /tmp/client.c -- -O2" % command)
        if output.count(WARNING) != 1:
            raise Fault("%s\n%s" % (command, output))
    expect(inside("selfconnect-clang-tidy --version"), "LLVM version %s." % major)
    inside("test -e /usr/share/man/man1/selfconnect-clang-tidy.1.gz; rm /tmp/client.c")


def use_clangd(major):
    inside("mkdir /tmp/p; cp /debs/inputs/client.c /tmp/p; "
           "echo '-O2' > /tmp/p/compile_flags.txt; "
           # Of warnings --check tells nothing.
           "printf \"Checks: '-*,selfconnect-*'\\nWarningsAsErrors: '*'\\n\" > /tmp/p/.clang-tidy")
    for command in ("selfconnect-clangd-%s" % major, "selfconnect-clangd"):
        output = inside("cd /tmp/p; %s --check=client.c 2>&1 || true" % command)
        expect(output, "selfconnect-retry-loop")
    expect(inside("selfconnect-clangd --version"), "%s." % major)
    inside("rm -r /tmp/p")


def use_library(_):
    inside("cd /tmp; cp /debs/inputs/predicts.cpp .; "
           "c++ -std=c++17 predicts.cpp -o predicts $(pkg-config --cflags --libs selfconnect); "
           "./predicts; rm predicts predicts.cpp")
    inside("echo '#include <selfconnect/guard.h>' | cc -std=c99 -Wall -Werror -fsyntax-only -xc -")


USES = {  # by the name without a major: how, and what a user of it has besides
    "selfconnect": (use_command, ""),
    "selfconnect-tidy": (use_tidy, ""),
    "selfconnect-clangd": (use_clangd, ""),
    "libselfconnect-dev": (use_library, "g++, pkgconf"),
}


# --- Cases ------------------------------------------------------------------


def lintian(deb):
    code, output = run("lintian", "--fail-on", "error,warning", deb)
    if code:
        raise Fault(output)


def alone(name):
    """Installed, used, upgraded, used, removed, purged: nothing is left."""
    kind, _, major = re.match(r"(.*?)(-(\d+))?$", name).groups()
    use, besides = USES[kind]
    old, new = place("old", OLD[name]), place("new", NEW[name])
    needs = ", ".join(filter(None, [field(NEW[name], "Depends"), besides]))
    inside(APT + "satisfy '%s'" % needs)
    before, packages = files(), installed()
    inside(APT + "install " + old)
    use(major)
    inside(APT + "install " + new)
    version = inside("dpkg-query -W -f='${Version}' " + name)
    if version != field(NEW[name], "Version"):
        raise Fault("upgraded to %s" % version)
    use(major)
    inside("dpkg --verify " + name)
    inside(APT + "remove " + name)
    inside("! command -v selfconnect-clang-tidy selfconnect-clangd selfconnect")
    inside("dpkg --purge %s 2>&1" % name)
    same(packages, installed(), "packages after the purge")
    same(before, files(), "files after the purge")


def together():
    """All at once, as an ordinary user has them: the newest LLVM is the plain name."""
    before = installed()
    inside(APT + "install libc6-dev passwd util-linux " +
           " ".join(place("new", deb) for deb in NEW.values()))
    majors = sorted(int(name.rsplit("-", 1)[1]) for name in NEW if "-tidy-" in name)
    for major in reversed(majors):
        expect(inside("selfconnect-clang-tidy --version"), "LLVM version %d." % major)
        scan_project(major)
        inside(APT + "purge selfconnect-tidy-%d" % major)
    inside("! command -v selfconnect-clang-tidy")
    same({line for line in before if "selfconnect" in line},
         {line for line in inside(APT + "purge " + " ".join(NEW) + " >/dev/null; dpkg-query -W "
                                  "-f='${Package} ${Status}\\n'").splitlines()
          if "selfconnect" in line}, "packages")
    left = inside("find / -xdev -name '*selfconnect*' ! -path '/debs/*' ! -path '/etc/apt/*'")
    if left:
        raise Fault("left: " + left)


def scan_project(major):
    """The retry is in one file, the connect() in another; one command, a verdict."""
    inside("useradd --create-home newcomer; cp -r /debs/inputs/project /home/newcomer; "
           "chown -R newcomer: /home/newcomer")
    try:
        output = inside("cd /home/newcomer/project; runuser -u newcomer -- "
                        "selfconnect scan -p . 2>&1", code=1)
        expect(output, "[selfconnect-retry-loop]", "confirmed: 127.0.0.1:33334",
               "1 finding: 1 confirmed")
    finally:
        inside("userdel --remove newcomer 2>/dev/null")


class Cases:
    def __init__(self):
        self.suite = ET.Element("testsuite", name="packages")

    def add(self, name, act, *words):
        case = ET.SubElement(self.suite, "testcase", name=name, status="run")
        print("  %s" % name, flush=True)
        try:
            act(*words)
        except (Fault, subprocess.CalledProcessError) as fault:
            print("    failed: %s" % fault, flush=True)
            case.set("status", "fail")
            ET.SubElement(case, "failure", message="failed").text = str(fault)

    def on_the_root(self, name, act, *words):
        self.add(name, act, *words)
        # Bare again, whatever became of it.
        inside(CLEAR + "apt-mark auto '~i' >/dev/null; apt-mark manual %s >/dev/null; "
               % " ".join(sorted(line.split()[0] for line in BARE))
               + APT + "autoremove --purge")
        same(BARE, installed(), "the root is not bare after %s" % name)


OLD, NEW = packages_of(arguments.old), packages_of(arguments.new)
if not NEW or set(OLD) != set(NEW):
    sys.exit("selfconnect: error: packages: %s and older ones: %s" % (set(NEW), set(OLD)))
shutil.rmtree(os.path.join(arguments.root, "debs"), ignore_errors=True)
shutil.copytree(INPUTS, os.path.join(arguments.root, "debs", "inputs"))
cases = Cases()
for package, file in NEW.items():
    cases.add("packages.lintian." + package, lintian, file)
inside(CLEAR + "apt-get -q update")
BARE = installed()
try:
    for package in NEW:
        cases.on_the_root("packages.alone." + package, alone, package)
    if any("-tidy-" in name for name in NEW) and "selfconnect" in NEW:
        cases.on_the_root("packages.together", together)
except Fault as fault:
    cases.add("packages.root", lambda: (_ for _ in ()).throw(fault))
ET.ElementTree(cases.suite).write(os.path.join(arguments.results, "ctest.xml"))
