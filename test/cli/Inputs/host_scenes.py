# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""host_scenes.py SELFCONNECT: what `selfconnect host` says of scenes that are set
up for it. Runs in namespaces of its own (user, network, processes)."""

import ctypes
import json
import os
import socket
import subprocess
import sys
import time

COMMAND = sys.argv[1]
CLONE_NEWNET = 0x40000000


def write(name, value):
    with open("/proc/sys/net/ipv4/" + name, "w") as file:
        file.write(value)


def loopback_up():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)


def listener(address, port, v6only=0):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    server = socket.socket(family)
    if family == socket.AF_INET6:
        server.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, v6only)
    server.bind((address, port))
    server.listen()
    return server


def host(code):
    done = subprocess.run([COMMAND, "host", "--json"], stdout=subprocess.PIPE)
    assert done.returncode == code, (done.returncode, done.stdout)
    return json.loads(done.stdout)["networks"]


def places(network):
    return [(each["address"], each["port"]) for each in network["listeners"]]


def nothing():
    server = listener("127.0.0.1", 8080)
    (own,) = host(0)
    assert own["own"] and own["seen"] and not own["listeners"], own
    assert own["range"] == {"low": 32768, "high": 60999, "source": "host"}, own
    assert own["reserve"] is None, own
    server.close()


def listeners():
    servers = [
        listener("127.0.0.1", 33334),
        listener("127.0.0.1", 33333),
        listener("::", 40000, v6only=1),
        listener("0.0.0.0", 40002),
        listener("127.0.0.1", 61000),
    ]
    (own,) = host(1)
    assert places(own) == [
        ("127.0.0.1", 33333),
        ("127.0.0.1", 33334),
        ("::", 40000),
        ("0.0.0.0", 40002),
    ], own
    odd, even, six, _ = own["listeners"]
    assert odd["half"] == "other" and odd["per_hour"] is None, odd
    assert even["half"] == "preferred", even
    assert abs(even["per_hour"] - 0.225) < 0.002, even
    assert six["v6only"] and not even["v6only"], six
    (process,) = even["processes"]
    assert process["pid"] == os.getpid(), process
    assert own["reserve"] == {
        "line": "net.ipv4.ip_local_reserved_ports = 33333-33334,40000,40002",
        "in_force": False,
        "configured_in": None,
    }, own

    # Reserved, they are none; what was reserved before stays in the line.
    write("ip_local_reserved_ports", "33333-33340,50000")
    (own,) = host(1)
    assert places(own) == [("::", 40000), ("0.0.0.0", 40002)], own
    assert own["reserved_listeners"] == 2, own
    line = "net.ipv4.ip_local_reserved_ports = 33333-33340,40000,40002,50000"
    assert own["reserve"]["line"] == line, own
    write("ip_local_reserved_ports", line.split("= ")[1])
    (own,) = host(0)
    assert own["reserve"]["in_force"] and own["reserve"]["line"] == line, own
    write("ip_local_reserved_ports", "\n")
    for server in servers:
        server.close()


def self_connected():
    begun = time.time()
    client = socket.socket()
    client.bind(("127.0.0.1", 45678))
    client.connect(("127.0.0.1", 45678))
    made = time.time()
    (own,) = host(1)
    (found,) = own["self_connected"]
    assert (found["address"], found["port"]) == ("127.0.0.1", 45678), found
    assert found["state"] == "ESTABLISHED", found
    assert found["since_exact"], found
    # The kernel counts in ticks, of ten milliseconds at most.
    assert begun - 0.5 <= found["since"] <= made + 0.5, (begun, found, made)
    assert found["processes"][0]["pid"] == os.getpid(), found
    client.send(b"x")
    (own,) = host(1)
    assert not own["self_connected"][0]["since_exact"], own
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    client.close()


def two_networks():
    """A child in a network of its own, with another range."""
    ready, told = os.pipe()
    wait, go = os.pipe()
    child = os.fork()
    if child == 0:
        assert ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0
        write("ip_local_port_range", "20000 20999")
        servers = [listener("::", 20000), listener("::", 33334)]
        os.write(told, b"x")
        os.close(go)
        os.read(wait, 1)
        os._exit(len(servers) - 2)
    os.read(ready, 1)
    server = listener("127.0.0.1", 33336)
    own, other = host(1)
    assert places(own) == [("127.0.0.1", 33336)], own
    assert places(other) == [("::", 20000)], other
    assert other["range"]["high"] == 20999 and not other["own"], other
    assert other["process"]["pid"] == child, other
    assert other["inode"], other
    os.close(go)
    os.waitpid(child, 0)
    server.close()


def many():
    """Ten thousand listeners, in time that does not grow with their square."""
    servers = [listener("127.0.0.1", 33000 + each) for each in range(10000)]
    write("ip_local_reserved_ports", ",".join(str(p) for p in range(50001, 60000, 2)))
    before = os.times()
    (own,) = host(1)
    after = os.times()
    assert len(own["listeners"]) == len(servers)
    taken = after.children_user + after.children_system
    taken -= before.children_user + before.children_system
    # Of the processor, in any kind of build: each against each would take minutes.
    assert taken < 10, taken
    write("ip_local_reserved_ports", "\n")


loopback_up()
for scene in (nothing, listeners, self_connected, two_networks, many):
    scene()
    print(scene.__name__, "as expected")
