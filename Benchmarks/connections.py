"""Many connections at once, small sends close together, and R1's race."""

import math
import os
import re
import socket
import statistics
import struct
import subprocess
import tempfile
import time

from processes import Unsupported, Yardstick, listener, sender
from table import Row

CONNECTIONS, CHUNKS, SIZE = 1000, 1000, 64
TRIALS = 1000
CLOSED = 60_000


def _feed(port):
    return Yardstick("many", port, CONNECTIONS, CHUNKS, SIZE).facts()["ns"] / 1e9


def many():
    """Counted by connection, from the events themselves: nothing refused, nothing lost."""
    bare = Yardstick("epoll", 4096, CONNECTIONS, listens=True)
    bare_seconds = _feed(bare.port)
    bare.facts()
    program, port = listener(
        "--mode", "epoll", "--backlog", 4096, "--json", "--data", "none", "--show", "accept,recv,evicted",
        output=subprocess.PIPE)
    counter = _Counter(program.process)
    seconds = _feed(port)
    counter.until_all_ended()
    program.finish(interrupt=True)
    wanted = CHUNKS * SIZE
    whole = sum(1 for count in counter.bytes.values() if count == wanted)
    good = counter.accepted == CONNECTIONS and whole == CONNECTIONS and counter.evicted == 0
    yield Row(
        f"{CONNECTIONS} connections × {CHUNKS} chunks, epoll", f"{whole} whole", f"{CONNECTIONS} sent", "",
        "none refused or lost", good)
    yield Row(
        "  time for it", f"{seconds:.1f} s", f"bare C epoll loop {bare_seconds:.1f} s",
        f"{bare_seconds / seconds:.2f}")


def closed():
    """What 60,000 connections that came and went leave behind: time of 100 later sends, memory beyond the limit."""
    program, port = listener("--mode", "epoll", "--json", "--show", "listen", "--memory", "16M")
    try:
        _come_and_go(port, 1)
        few = _later_sends(program, port)
        before = program.status("VmRSS")
        _come_and_go(port, CLOSED)
        many = _later_sends(program, port)
        grown = (program.status("VmRSS") - before) / 1024
    finally:
        program.finish(interrupt=True)
    yield Row(
        f"processor time of 100 sends after {CLOSED} closed", f"{many * 1000:.0f} ms", f"after one {few * 1000:.0f} ms",
        "", "≤ after one + 50 ms", many <= few + 0.05)
    yield Row("  memory that they left, limit 16 MiB", f"{grown:.0f} MiB", "", "", "≤ limit + 8 MiB", grown <= 24)


def _come_and_go(port, count):
    reset = struct.pack("ii", 1, 0)
    for _ in range(count):
        with _connected(port) as connection:
            connection.sendall(b"x")
            # With a reset no port is left in TIME_WAIT.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)


def _connected(port):
    deadline = time.monotonic() + 10
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise Unsupported("it does not listen") from None


def _settle(program):
    """Waits until the program has dealt with all that was connected before."""
    deadline = time.monotonic() + 30
    before = None
    while (now := program.processor_seconds()) != before:
        if time.monotonic() > deadline:
            raise Unsupported("it never rests")
        before = now
        time.sleep(0.3)


def _later_sends(program, port):
    with _connected(port) as connection:
        _settle(program)
        before = program.processor_seconds()
        for _ in range(100):
            connection.sendall(b"y")
            time.sleep(0.005)
        return program.processor_seconds() - before


class _Counter:
    """Adds up the JSON Lines of a listener while it runs; a pattern is ten times as fast as a JSON parser."""

    RECV = re.compile(rb'"event":"recv".*?"socket":"([^"]*)".*?"returned":(\d+|null)')

    def __init__(self, process):
        self.lines = process.stdout
        self.accepted = self.evicted = self.ended = 0
        self.bytes = {}

    def until_all_ended(self):
        while self.ended < CONNECTIONS:
            line = self.lines.readline()
            if not line:
                raise Unsupported(f"its output ended after {self.ended} ends of stream")
            if b'"event":"accept"' in line:
                self.accepted += b'"connection":null' not in line and b'"connection"' in line
            elif b'"event":"evicted"' in line:
                self.evicted += 1
            elif found := self.RECV.search(line):
                count = 0 if found[2] == b"null" else int(found[2])
                self.bytes[found[1]] = self.bytes.get(found[1], 0) + count
                self.ended += found[2] == b"0"


def paced():
    """300 sends of 100 bytes, 100 µs apart, to an eager reader; the medians of five rounds in turn."""
    count, gap = 300, 100_000

    def bare():
        receiver = Yardstick("receiver", 4096, 1, listens=True)
        sender(receiver.port, count, 100, gap)
        return receiver.facts()["calls"] - 1

    def ours():
        program, port = listener("--once", "--json", "--data", "none", "--show", "recv", output=subprocess.PIPE)
        sender(port, count, 100, gap)
        return program.finish()[0].count('"event":"recv"') - 1

    pairs = [(ours(), bare()) for _ in range(5)]
    mine, c = (statistics.median(pair[who] for pair in pairs) for who in (0, 1))
    yield Row(
        "chunks of 300 sends 100 µs apart", str(mine), f"bare C loop {c}", f"{mine / c:.2f}", "≥ 290", mine >= 290)


def race():
    """The share of `5 first`: watching must not change what is watched.

    What the machine is doing decides the share far more than the receiver does, so two bare receivers and ours take
    turns trial by trial: once wherever the kernel puts them, once with the sender on one processor and the receivers
    on another. What two bare runs differ by is what they did here, or two standard errors if that is more.
    """
    for where, processors in (("free", None), ("pinned", (0, 1))):
        first, second, ours = _shares(processors)
        mean = (first + second) / 2
        allowed = max(abs(first - second), 2 * math.sqrt(2 * mean * (1 - mean) / TRIALS))
        yield Row(
            f"R1's race, share of 5 first, {TRIALS} trials, {where}", f"{ours:.3f}",
            f"bare C {first:.3f} and {second:.3f}", "", f"within ±{allowed:.3f}", abs(ours - mean) <= allowed)


def _shares(processors):
    """Two bare receivers' shares and ours; `processors` are the sender's and the receivers'."""

    def pin(index):
        if processors:
            os.sched_setaffinity(0, {processors[index]})

    everywhere = os.sched_getaffinity(0)
    try:
        pin(1)
        bare = [Yardstick("receiver", 10, TRIALS, listens=True) for _ in range(2)]
        # A file, for a reader of a pipe would be one more process that wants a processor.
        with tempfile.TemporaryFile() as events:
            program, port = listener("--recv", 10, "--json", "--data", "none", "--show", "recv", output=events)
            pin(0)
            Yardstick("race", TRIALS, bare[0].port, port, bare[1].port).facts()
            program.finish(interrupt=True)
            events.seek(0)
            lines = events.readlines()
    finally:
        os.sched_setaffinity(0, everywhere)
    first = [line for line in lines if b'"n":1,' in line]
    if len(first) != TRIALS:
        raise Unsupported(f"{len(first)} of {TRIALS} trials were seen")
    short = sum(1 for line in first if b'"returned":5,' in line)
    return *(receiver.facts()["short"] / TRIALS for receiver in bare), short / TRIALS
