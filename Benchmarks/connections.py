"""Many connections at once, small sends close together, and R1's race."""

import re
import statistics
import subprocess

from processes import Unsupported, Yardstick, listener, sender
from table import Row

CONNECTIONS, CHUNKS, SIZE = 1000, 1000, 64
TRIALS, ROUNDS = 1000, 4


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
    """300 sends of 100 bytes, 100 µs apart, to an eager reader."""
    count, gap = 300, 100_000
    bare = Yardstick("receiver", 4096, 1, listens=True)
    sender(bare.port, count, 100, gap)
    bare_chunks = bare.facts()["calls"] - 1
    program, port = listener("--once", "--json", "--data", "none", "--show", "recv", output=subprocess.PIPE)
    sender(port, count, 100, gap)
    out, _ = program.finish()
    chunks = out.count('"event":"recv"') - 1
    yield Row(
        "chunks of 300 sends 100 µs apart", str(chunks), f"bare C loop {bare_chunks}", f"{chunks / bare_chunks:.2f}",
        "≥ 290", chunks >= 290)


def _bare_race():
    receiver = Yardstick("receiver", 10, TRIALS, listens=True)
    Yardstick("race", receiver.port, TRIALS).facts()
    return receiver.facts()["short"] / TRIALS


def _our_race():
    program, port = listener("--recv", 10, "--json", "--data", "none", "--show", "recv", output=subprocess.PIPE)
    race = Yardstick("race", port, TRIALS)
    short = ended = 0
    while ended < TRIALS:
        line = program.process.stdout.readline()
        if not line:
            raise Unsupported(f"its output ended after {ended} trials")
        short += b'"n":1,' in line and b'"returned":5' in line
        ended += b'"returned":0' in line
    race.facts()
    program.finish(interrupt=True)
    return short / TRIALS


def race():
    """The share of `5 first`, in turn with the bare receiver: watching must not change what is watched."""
    pairs = [(_bare_race(), _our_race()) for _ in range(ROUNDS)]
    bare = sorted(pair[0] for pair in pairs)
    ours = statistics.median(pair[1] for pair in pairs)
    yield Row(
        f"R1's race, share of 5 first, {TRIALS} trials", f"{ours:.3f}", f"bare C {bare[0]:.3f} to {bare[-1]:.3f}", "",
        "as bare runs differ", bare[0] <= ours <= bare[-1])
