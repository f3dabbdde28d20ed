"""What capturing the wire costs: the run that does it, and traffic that it has nothing to do with."""

import statistics
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from processes import LIMIT, Unsupported, Yardstick, listener, sender
from streams import recorded
from table import Row

RUNS = 7
# What recv asks for, how many sends, and how large each is.
STREAMS = ((64, 4000, 65536), (64, 200_000, 64), (65536, 16000, 65536))
WRITE = 65536
TRIPS = 20_000
STREAM = 8000


def _check():
    """Segments are recorded here at all."""
    with tempfile.TemporaryFile() as output:
        program, port = listener("--once", "--wire", "--json", "--show", "segment", output=output)
        sender(port, 10, WRITE)
        problem = program.finish()[1].strip()
        if output.seek(0, 2) == 0:
            raise Unsupported(problem or "no segment was recorded")


def chunks_per_second():
    """The same run with the wire recorded and without, in turn."""
    _check()
    for size, count, write in STREAMS:
        rounds = [(recorded(size, count, write, "--wire"), recorded(size, count, write)) for _ in range(RUNS)]
        wire, plain = (statistics.median(rates) for rates in zip(*rounds))
        ratio = wire / plain
        yield Row(
            f"chunks/s with --wire, recv({size}) of {write} B", f"{wire / 1e6:.3f} M", f"without {plain / 1e6:.3f} M", f"{ratio:.2f}",
            "≥ 0.5", ratio >= 0.5)


@contextmanager
def _capturing():
    """While a listener, to which nobody connects, captures."""
    packets = Path("/proc/net/packet")
    before = len(packets.read_text().splitlines())
    program, _ = listener("--wire", "--quiet")
    try:
        deadline = time.monotonic() + LIMIT
        while len(packets.read_text().splitlines()) == before:
            if program.process.poll() is not None or time.monotonic() > deadline:
                raise Unsupported("nothing captures")
            time.sleep(0.001)
        yield
    finally:
        program.finish(interrupt=True)


def _trips():
    """Round trips a second, by the median."""
    server = Yardstick("roundtrips", listens=True)
    rate = 1e9 / Yardstick("roundtrips", server.port, TRIPS).facts()["p50"]
    server.facts()
    return rate


def _stream():
    """Bytes a second from a C sender to a C receiver."""
    receiver = Yardstick("receiver", WRITE, 1, listens=True)
    rate = STREAM * WRITE * 1e9 / sender(receiver.port, STREAM, WRITE)["ns"]
    receiver.facts()
    return rate


def others():
    """Traffic on other ports of loopback, while we capture and while we are not there, in turn."""
    for name, measure, scale, unit in (
            ("64 B to and fro on another port", _trips, 1e3, "k/s"), ("bytes/s on another port", _stream, 1e9, "GB")):
        rounds = []
        for _ in range(RUNS):
            with _capturing():
                beside = measure()
            rounds.append((beside, measure()))
        beside, alone = (statistics.median(rates) for rates in zip(*rounds))
        ratio = beside / alone
        yield Row(
            f"{name}, --wire", f"{beside / scale:.2f} {unit}", f"without us {alone / scale:.2f} {unit}", f"{ratio:.2f}",
            "≥ 0.9", ratio >= 0.9)
