"""Watching another program: what its calls then take, beside strace, and what those take that nobody watches."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from processes import LIMIT, PROGRAM, Unsupported, Yardstick, facts, free_port, sender, yardstick_path
from table import Row

ROUNDS = 5
RECEIVES = 100_000
TRIPS = 5000
SETS = 20_000
GOAL = 0.8

ECHO = """
import socket
server = socket.create_server(("127.0.0.1", 0))
print("port", server.getsockname()[1], flush=True)
connection, _ = server.accept()
connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
while data := connection.recv(64): connection.sendall(data)
"""


@contextmanager
def _one_processor():
    """For this process and all that it starts."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


class Watched:
    """A program that tells "port N" first, if it `listens`; under recvscope, under strace, or alone."""

    def __init__(self, who, *command, trace="network", listens=True):
        self.file = tempfile.NamedTemporaryFile(prefix="recvscope-bench-")
        under = {
            "ours": [PROGRAM, "watch", "--passthrough", "--quiet", "--output", "/dev/null", "--"],
            "strace": ["strace", "-f", "--seccomp-bpf", "-e", f"trace={trace}", "-ttt", "-T", "-s65536", "-o", self.file.name],
            "alone": [],
        }[who]
        if who == "strace" and not shutil.which("strace"):
            raise Unsupported("strace is not installed")
        self.process = subprocess.Popen(
            [*under, *map(str, command)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True)
        self.port = int(self.process.stdout.readline().split()[1]) if listens else None

    def finish(self):
        """Waits for its end: the seconds of processor time that it took with its tracer, and what it printed."""
        out = self.process.stdout.read()
        _, status, used = os.wait4(self.process.pid, 0)
        self.process.returncode = os.waitstatus_to_exitcode(status)
        self.process.stdout.close()
        lines = Path(self.file.name).read_text(errors="replace").count("\n")
        self.file.close()
        if self.process.returncode != 0:
            raise Unsupported(f"exit status {self.process.returncode}")
        return used.ru_utime + used.ru_stime, out, lines


def _least(measure, who=("ours", "strace", "alone")):
    """The least of some rounds in turn: what other programs do makes a round longer, never shorter."""
    rounds = [{one: measure(one) for one in who} for _ in range(ROUNDS)]
    return {one: min(found[one] for found in rounds) for one in who}


def _rows(name, values, scale, unit):
    ratio = values["ours"] / values["strace"]
    yield Row(
        name, f"{values['ours'] * scale:.1f} {unit}", f"strace {values['strace'] * scale:.1f} {unit}", f"{ratio:.2f}",
        f"≤ {GOAL}", ratio <= GOAL)
    yield Row(
        "", f"{values['ours'] * scale:.1f} {unit}", f"alone {values['alone'] * scale:.1f} {unit}",
        f"{values['ours'] / values['alone']:.1f}")


def _receives(who):
    receiver = Watched(who, yardstick_path("receiver"), 64, 1)
    sender(receiver.port, RECEIVES, 64)
    seconds, out, lines = receiver.finish()
    calls = facts(out)["calls"]
    if who == "strace" and lines < calls:
        raise Unsupported("strace has left calls out")
    return seconds / calls


def receives():
    """recv(64) by a C reader: its processor time and its tracer's."""
    with _one_processor():
        yield from _rows(f"a watched recv(64), {RECEIVES // 1000}k of them", _least(_receives), 1e6, "µs")


def _trips(who):
    server = Watched(who, "python3", "-c", ECHO)
    nanoseconds = Yardstick("roundtrips", server.port, TRIPS).facts()["p50"]
    server.finish()
    return nanoseconds


def trips():
    """64 bytes to a Python server and back."""
    with _one_processor():
        yield from _rows("round trip to a watched Python echo, p50", _least(_trips), 1e-3, "µs")


def _sets(who, clients):
    if not shutil.which("redis-benchmark"):
        raise Unsupported("redis is not installed")
    port = free_port()
    # redis uses read(2), write(2) and epoll_wait(2), which strace does not count as calls of the network.
    server = Watched(
        who, "redis-server", "--port", port, "--bind", "127.0.0.1", "--save", "", "--daemonize", "no",
        trace="network,read,write,epoll_wait", listens=False)
    _wait_for(port)
    subprocess.run(
        ["redis-benchmark", "-p", str(port), "-t", "set", "-n", str(SETS), "-c", str(clients), "-q"], check=True,
        stdout=subprocess.DEVNULL, timeout=LIMIT)
    subprocess.run(["redis-cli", "-p", str(port), "shutdown", "nosave"], check=True, stdout=subprocess.DEVNULL, timeout=LIMIT)
    return server.finish()[0] / SETS


def _wait_for(port):
    deadline = time.monotonic() + LIMIT
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise Unsupported("redis does not listen") from None


def sets():
    """SET by redis-benchmark: the server's processor time and its tracer's."""
    with _one_processor():
        for clients in 1, 50:
            values = _least(lambda who, clients=clients: _sets(who, clients))
            yield from _rows(f"a SET of a watched redis, {clients} at once", values, 1e6, "µs")


def _getppid(who):
    watched = Watched(who, yardstick_path("getppid"), 100_000, 20, listens=False)
    return facts(watched.finish()[1])["ns"] / 100_000


def unwatched():
    """A call that the filter lets pass. Any filter costs something, so strace's is beside ours."""
    values = _least(_getppid)
    for who, goal in ("alone", 1.1), ("strace", None):
        ratio = values["ours"] / values[who]
        yield Row(
            "getppid() of a watched program" if goal else "", f"{values['ours']:.0f} ns", f"{who} {values[who]:.0f} ns",
            f"{ratio:.2f}", f"≤ {goal}" if goal else "", ratio <= goal if goal else None)
