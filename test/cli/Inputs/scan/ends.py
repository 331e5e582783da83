# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#
#   ends.py PROJECT_SCRIPT SCAN...    in an empty folder
#
# Ends scans from outside while a file takes its time, and looks at what they
# leave: no process, no temporary file, summaries of what was done.

import glob
import os
import signal
import subprocess
import sys
import time

project, scan = sys.argv[1], sys.argv[2:]
here = os.getcwd()
os.environ["TMPDIR"] = os.path.join(here, "tmp")
os.mkdir("tmp")


def write(name, text):
    with open(name, "w") as file:
        file.write(text)


def wait_for(condition, what):
    for _ in range(3000):
        if condition():
            return
        time.sleep(0.02)
    sys.exit("never: " + what)


def stubs():
    """Command lines of processes that work on a file of this folder."""
    found = []
    for path in glob.glob("/proc/[0-9]*/cmdline"):
        try:
            with open(path, "rb") as file:
                line = file.read().split(b"\0")
        except OSError:
            continue
        if (here + "/slow.c").encode() in line:
            found.append(line)
    return found


def lines(name):
    return open(name).read().splitlines() if os.path.exists(name) else []


def heed_interrupts():
    # Where tests run in the background, interrupts are ignored.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)


def start(log):
    environment = dict(os.environ, STUB_LOG=os.path.join(here, log))
    return subprocess.Popen(
        scan + ["-p", "build", "--no-confirm", "-j", "1"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment,
        preexec_fn=heed_interrupts,
    )


# fast.c is done when slow.c begins: files that speak of connect() come first, as slow.c
# does where this folder has such a name; among these the order is that of the names.
write("fast.c", "//! row fast known\n// connect()\n")
write("slow.c", "//! wait go\n".replace("go", here + "/go"))
subprocess.run([sys.executable, project, "."], check=True)

for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143)):
    log = "log%d" % number
    run = start(log)
    wait_for(lambda: "slow.c" in lines(log) and stubs(), "slow.c runs")
    run.send_signal(number)
    run.communicate()
    assert run.returncode == code, run.returncode
    assert not stubs(), stubs()
    assert not os.listdir("tmp"), os.listdir("tmp")
    names = glob.glob("build/.selfconnect/names/*/*.json")
    assert len(names) == 1, names  # of fast.c
    assert lines(log) == (["fast.c", "slow.c"] if number == signal.SIGINT else ["slow.c"])

# Killed outright: clang-tidy ends with it all the same.
run = start("killed")
wait_for(lambda: stubs(), "slow.c runs")
run.kill()
run.communicate()
wait_for(lambda: not stubs(), "its clang-tidy ends")

# A second scan waits, says so, and finds everything done.
one = start("one")
wait_for(lambda: stubs(), "slow.c runs")
two = start("two")
said = two.stderr.readline()
assert "another scan is using" in said, said
assert two.poll() is None
write("go", "")
one.communicate()
two.communicate()
assert one.returncode == 0 and two.returncode == 0, (one.returncode, two.returncode)
assert lines("two") == [], lines("two")
assert len(glob.glob("build/.selfconnect/units/*.json")) == 2
assert not os.listdir("tmp/") and not os.listdir("build/.selfconnect/tmp")
