"""Sending on a schedule: how late, and how fast."""

import json
import socket
import statistics
import subprocess
import time

from processes import Program, Unsupported, Yardstick, sender
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
    """200 sends 5 ms apart, three rounds in turn; the medians of the three."""
    rounds = [(_ours(), _in_c(), _in_python()) for _ in range(3)]
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
