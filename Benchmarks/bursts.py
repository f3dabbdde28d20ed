"""Sending on a schedule: how late, and how fast."""

import json
import socket
import statistics
import subprocess
import tempfile
import time

from processes import LIMIT, PROGRAM, Program, Unsupported, Yardstick, sender
from table import Row

COUNT, GAP = 200, 5_000_000
FAST = 100_000


def _percentiles(late):
    late = sorted(late)
    return late[len(late) // 2], late[len(late) * 99 // 100], late[-1]


def _sink():
    return Yardstick("receiver", 4096, 1, listens=True)


def _connect(port, burst, show):
    program = Program(
        "connect", f"127.0.0.1:{port}", "--json", "--show", show, "--data", "none", "--send", burst,
        output=subprocess.PIPE)
    out, _ = program.finish()
    return [json.loads(line) for line in out.splitlines()]


def _ours():
    sink = _sink()
    events = _connect(sink.port, f'("0123456789")*{COUNT} every 5ms', "send")
    sink.facts()
    events = [event for event in events if event["event"] == "send"]
    if len(events) != COUNT:
        raise Unsupported(f"{len(events)} send events of {COUNT}")
    return _percentiles([event["start"] - event["planned"] for event in events])


def _in_c():
    sink = _sink()
    late = sender(sink.port, COUNT, 10, GAP)
    sink.facts()
    return late["p50"], late["p99"], late["max"]


def _in_python():
    sink = _sink()
    late = []
    with socket.create_connection(("127.0.0.1", sink.port)) as client:
        start = time.monotonic_ns()
        for i in range(COUNT):
            at = start + i * GAP
            if (left := at - time.monotonic_ns()) > 0:
                time.sleep(left / 1e9)
            late.append(time.monotonic_ns() - at)
            client.sendall(b"0123456789")
        client.shutdown(socket.SHUT_WR)
        client.recv(1)
    sink.facts()
    return _percentiles(late)


def lateness():
    """200 sends 5 ms apart, nine rounds in turn; the medians of the nine."""
    rounds = [(_ours(), _in_c(), _in_python()) for _ in range(9)]
    ours, c, python = ([statistics.median(r[who][i] for r in rounds) / 1000 for i in range(3)] for who in range(3))
    for i, name in enumerate(("p50", "p99", "max")):
        goal, met = (("≤ 1 µs", ours[0] <= 1), ("≤ 1.5 × C", ours[1] <= 1.5 * c[1]), ("", None))[i]
        yield Row(
            f"lateness of 200 sends 5 ms apart, {name}", f"{ours[i]:.1f} µs",
            f"C {c[i]:.1f}, Python {python[i]:.0f} µs", f"{ours[i] / c[i]:.1f}" if c[i] else "", goal, met)


def back_to_back():
    """100,000 sends of 10 bytes with no pause: from the first call to the last."""

    def ours():
        sink = _sink()
        # The sends are recorded but not printed: from the connection's record to that of the shutdown after them.
        events = {event["event"]: event for event in _connect(sink.port, f'("0123456789")*{FAST}', "connect,shutdown")}
        if sink.facts()["bytes"] != FAST * 10:
            raise Unsupported("not everything arrived")
        return FAST / ((events["shutdown"]["t"] - events["connect"]["t"]) / 1e9)

    def bare():
        sink = _sink()
        facts = sender(sink.port, FAST, 10)
        sink.facts()
        return FAST / (facts["sending"] / 1e9)

    pairs = [(ours(), bare()) for _ in range(5)]
    mine, c = (statistics.median(pair[who] for pair in pairs) for who in (0, 1))
    yield Row(
        "sends/s, 100,000 of 10 bytes, no pause", f"{mine / 1e3:.0f} k", f"C loop {c / 1e3:.0f} k",
        f"{mine / c:.2f}", "≥ 0.8", mine / c >= 0.8)


# Steps of a few bytes each, as people write them, in lines of about 1 kB.
STEPS = '"12345" 100ms "a"*50+0x0d0a <de ad> 5ms '
PARSED = 8_000_000


def _reading(command, step):
    """Seconds that a lab of 8 MB takes whose last line is a mistake, which is found when all was read."""
    line = f"{command} {step * (1000 // len(step))}\n"
    with tempfile.NamedTemporaryFile("w", suffix=".lab") as lab:
        lab.write(line * (PARSED // len(line)) + "nosuch\n")
        lab.flush()
        start = time.monotonic()
        done = subprocess.run([PROGRAM, "run", lab.name], capture_output=True, text=True, timeout=LIMIT)
        seconds = time.monotonic() - start
    if done.returncode != 2 or "unknown command nosuch" not in done.stderr:
        raise Unsupported(f"the lab was not read to its end: {done.stderr[-200:]}")
    return seconds


def parser():
    """A lab of bursts, whole and without the time for as many bytes of comments; the median of seven each."""
    for name, steps in (("short steps", STEPS), ("one-byte strings", '"a" ')):
        pairs = [(_reading("send c", steps), _reading("#", "x" * 40)) for _ in range(7)]
        rate = PARSED / statistics.median(lab - comments for lab, comments in pairs) / 1e6
        yield Row(f"parser, lab of {name}", f"{rate:.0f} MB/s", "")
