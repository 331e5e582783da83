# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""random_kills.py COUNT SELFCONNECT CLIENT FINDINGS COMMAND...: COUNT times starts
each of those commands, and ends it at a random moment of its life by Ctrl-C (which
goes to all of its process group), SIGTERM, or SIGKILL. Each time no process may be
left, nor a socket on the port in any state, and at the end no network namespace.
KILLS_SEED in the environment repeats a run.

To be run as the first process of its own user and process namespaces; the network it
makes itself. All processes are then ours, and so is what the kernel counts: it refuses
a network namespace beyond user.max_net_namespaces, whoever holds the others and
however."""

import errno
import fcntl
import os
import random
import select
import signal
import socket
import struct
import subprocess
import sys
import time

PORT = 33334
PATIENCE = 30  # seconds, for what takes milliseconds
LONGEST = 0.1  # seconds, until a command that would go on is ended
RANGE = "/proc/sys/net/ipv4/ip_local_port_range"
CLONE_NEWNET = 0x40000000
TCP_TIME_WAIT = 6  # include/net/tcp_states.h

count = int(sys.argv[1])
selfconnect, client, findings = sys.argv[2:5]
chosen = sys.argv[5:]
seed = int(os.environ.get("KILLS_SEED", random.randrange(1 << 32)))
print("seed %d" % seed)
chance = random.Random(seed)

# The forms of each command, which take turns.
COMMANDS = {
    "reproduce": (
        ("127.0.0.1:33334", "--range=linux", "--trials=100000"),
        ("127.0.0.1:33334", "--range=linux", "--trials=100000", "--jobs=3"),
        ("127.0.0.1:33334", "--range=linux", "--method=forced", "--trials=100000000"),
        ("127.0.0.1:33334", "--range=linux", "--method=forced", "--hold"),
        ("127.0.0.1:33334", "--isolation=host", "--trials=100000"),
        ("127.0.0.1:33334", "--isolation=host", "--hold"),
    ),
    "exec": (
        ("33334", "--timeout=100", "--", client, "threads", "33334"),
        ("33334", "--timeout=100", "--", client, "fork", "33334"),
        ("33334", "--timeout=100", "--", "setsid", "sh", "-c", "sleep 1000 & sleep 1000"),
        ("33334", "--timeout=100", "--serve-after=50ms", "--", client, "guarded", "33334"),
    ),
    "guard": (("--log=/dev/null", "--", client, "blocking", "33334"),),
    "confirm": ((findings, "--range=linux", "--timeout=100"),),
    "explain": ((),),
    "predict": (("127.0.0.1:33334",),),
    "range": ((),),
    "host": ((),),
}
# These are over by themselves, sooner or later.
SHORT = ("confirm", "explain", "predict", "range", "host")


def raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh", b"lo", 1)  # IFF_UP
        fcntl.ioctl(any_socket, 0x8914, request + bytes(22))  # SIOCSIFFLAGS


def enter_network():
    """A network of our own, in which each connect() to the port meets itself."""
    libc = __import__("ctypes").CDLL(None, use_errno=True)
    # The kernel counts the one that was left until it has taken it down, which it does
    # later (cleanup_net() in net/core/net_namespace.c, Linux 6.1).
    until(lambda: libc.unshare(CLONE_NEWNET) == 0, lambda: "no network namespace")
    raise_loopback()
    with open(RANGE, "w") as file:
        file.write("%d %d" % (PORT, PORT))


def until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            sys.exit("seed %d: %s" % (seed, what()))
        select.select([], [], [], 0.005)


def bury():
    """Who loses its parent becomes our child."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0] > 0:
            pass
    except ChildProcessError:
        pass


def processes():
    bury()
    found = []
    for pid in filter(str.isdigit, os.listdir("/proc")):
        if int(pid) == os.getpid():
            continue
        try:
            with open("/proc/%s/cmdline" % pid) as file:
                found.append((pid, file.read().replace("\0", " ")))
        except OSError:
            pass
    return found


def sockets_on_port():
    found = []
    for name in ("tcp", "tcp6"):
        with open("/proc/net/" + name) as table:
            found += [line for line in table if ":%04X " % PORT in line]
    return found


def is_dead_self_connect(line):
    local, remote, state = line.split()[1:4]
    return local == remote and int(state, 16) == TCP_TIME_WAIT


def wait_until_port_is_free(what, is_guard):
    until(lambda: not sockets_on_port() or
          is_guard and all(map(is_dead_self_connect, sockets_on_port())),
          lambda: "%s: left: %s" % (what, sockets_on_port()))
    if sockets_on_port():
        print("%s: its program died in connect()" % what)
        enter_network()


def can_make_network():
    child = os.fork()
    if child == 0:
        libc = __import__("ctypes").CDLL(None, use_errno=True)
        failed = libc.unshare(CLONE_NEWNET)
        os._exit(0 if not failed else __import__("ctypes").get_errno())
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, errno.ENOSPC), os.strerror(status)
    return status == 0


def life_of(name):
    """How long a command takes that is over by itself."""
    begin = time.monotonic()
    run = subprocess.run((selfconnect, name) + COMMANDS[name][0],
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=PATIENCE)
    assert run.returncode in (0, 1), (name, run.returncode)
    return time.monotonic() - begin


def end_one(name, number, longest):
    """Returns which command was ended and how, or nothing where it was over
    before its time."""
    command = (name,) + COMMANDS[name][number % len(COMMANDS[name])]
    how = chance.choice((signal.SIGINT, signal.SIGTERM, signal.SIGKILL))
    after = chance.random() * longest
    what = "round %d: %s after %.3f s: %s" % (number, how.name, after, " ".join(command))
    running = subprocess.Popen(
        (selfconnect,) + command,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        running.wait(after)
        assert command[0] in SHORT, (what, running.returncode)
        return None
    except subprocess.TimeoutExpired:
        pass
    if how == signal.SIGINT:
        os.killpg(running.pid, how)
    else:
        running.send_signal(how)
    end = running.wait(PATIENCE)
    if command[0] in SHORT and end in (0, 1):
        return None
    # The run was over in the moment before the signal: it is not counted.
    if command[0] == "exec" and end == 3:
        return None
    # Before the command handles signals, they end it in the plain way.
    assert end in (-how, 128 + how), (what, end)
    running.stdin.close()
    until(lambda: not processes(), lambda: "%s: left: %s" % (what, processes()))
    wait_until_port_is_free(what, command[0] == "guard")
    return command[0], how.name


def see_planted_leaks():
    """What is looked for is found where it is: a process, which has a network
    namespace, and a socket on the port."""
    ready, tell = os.pipe()
    leak = os.fork()
    if leak == 0:
        enter_network()
        os.write(tell, b"y")
        signal.pause()
    os.close(tell)
    assert os.read(ready, 1) == b"y", "nothing is planted"
    assert not can_make_network(), "a network namespace that is left goes unseen"
    assert [int(pid) for pid, _ in processes()] == [leak], processes()
    os.kill(leak, signal.SIGKILL)
    until(lambda: not processes(), lambda: "the planted process: %s" % processes())
    until(can_make_network, lambda: "the planted network namespace")
    assert not sockets_on_port(), sockets_on_port()
    with socket.create_server(("127.0.0.1", PORT)):
        assert sockets_on_port(), "a socket on the port goes unseen"
        assert not any(map(is_dead_self_connect, sockets_on_port())), sockets_on_port()
    with socket.socket() as dead:
        dead.connect(("127.0.0.1", PORT))
    assert all(map(is_dead_self_connect, sockets_on_port())), sockets_on_port()
    wait_until_port_is_free("the planted self-connect", True)
    assert not sockets_on_port(), sockets_on_port()


# What runs the tests may ignore it, and that is inherited.
signal.signal(signal.SIGINT, signal.SIG_DFL)
assert os.getpid() == 1, "not in a process namespace of its own"
enter_network()
with open(RANGE) as file:
    settings = file.read()
seen = {}
for name in chosen:
    longest = life_of(name) if name in SHORT else LONGEST
    ended = 0
    while ended < count:
        pair = end_one(name, ended, longest)
        if pair is None:
            continue
        ended += 1
        seen[pair] = seen.get(pair, 0) + 1
with open(RANGE) as file:
    assert file.read() == settings, "the port range has changed"

with open("/proc/sys/user/max_net_namespaces", "w") as file:
    file.write("1\n")
assert not can_make_network(), "the limit does not count the network we are in"
with open("/proc/sys/user/max_net_namespaces", "w") as file:
    file.write("2\n")
until(can_make_network, lambda: "network namespaces are left")
see_planted_leaks()
for pair in sorted(seen):
    print("%s %s: %d" % (pair + (seen[pair],)))
for name in chosen:
    print("%s: %d in all" % (name, sum(seen[pair] for pair in seen if pair[0] == name)))
