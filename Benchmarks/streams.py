"""Receiving one stream: calls and bytes a second, and memory."""

import re
import statistics

from processes import BEFORE, Unsupported, Yardstick, listener, sender
from table import Row

RUNS = 7
MEMORY_LIMIT = 256 << 20
MEMORY_ALLOWANCE = 64 << 20


def _yardstick(name, size, count, write):
    receiver = Yardstick(name, size, *([1] if name == "receiver" else []), listens=True)
    seconds = sender(receiver.port, count, write)["ns"] / 1e9
    return receiver.facts()["calls"] / seconds


def _calls(summary):
    found = re.search(r"([\d,_ ]+) (?:recv )?calls", summary)
    if not found:
        raise Unsupported(f"no calls in the summary: {summary.strip()}")
    return int(re.sub(r"[^\d]", "", found[1]))


def recorded(size, count, write, *options, program=None):
    """Calls a second of our listener."""
    program, port = listener("--recv", size, "--once", "--quiet", *options, program=program)
    seconds = sender(port, count, write)["ns"] / 1e9
    calls = _calls(program.finish()[1])
    if calls < count * write / size:
        raise Unsupported(f"{calls} calls cannot have received {count * write} bytes")
    return calls / seconds


def _in_turn(size, count, write):
    """Medians of calls a second: ours, the program before if there is one, the loop that records, the bare loop."""
    runs = {
        "ours": lambda: recorded(size, count, write),
        "recorder": lambda: _yardstick("recorder", size, count, write),
        "bare": lambda: _yardstick("receiver", size, count, write),
    }
    if BEFORE:
        runs["before"] = lambda: recorded(size, count, write, program=BEFORE)
    rates = {who: [] for who in runs}
    for _ in range(RUNS):
        for who, run in runs.items():
            rates[who].append(run())
    return {who: statistics.median(values) for who, values in rates.items()}


def _rows(what, rates, unit, goal):
    """`unit` makes a text of calls a second."""
    def row(name, who, word, least):
        ratio = rates["ours"] / rates[who]
        return Row(
            f"{what}{name}", unit(rates["ours"]), f"{word} {unit(rates[who])}", f"{ratio:.2f}",
            f"≥ {least}" if least else "", ratio >= least if least else None)

    yield row("", "bare", "bare C loop", goal)
    yield row("", "recorder", "C loop that records", 0.9)
    if BEFORE:
        yield row("", "before", "before", None)


def chunks_per_second():
    for size, goal in ((64, 0.45), (4096, None)):
        rates = _in_turn(size, 2000 * max(1, size // 1024), 65536)
        yield from _rows(
            f"chunks/s recorded in full, recv({size})", rates, lambda calls: f"{calls / 1e6:.2f} M", goal)


def bytes_per_second():
    rates = _in_turn(65536, 32000, 65536)
    yield from _rows(
        "bytes/s recorded in full, recv(64 KiB)", rates, lambda calls: f"{calls * 65536 / 1e9:.2f} GB", 0.8)


def _memory(size, total):
    program, port = listener("--recv", size, "--quiet")
    try:
        sender(port, total // 65536, 65536)
        peak = program.status("VmHWM") * 1024
    finally:
        program.finish(interrupt=True)
    limit = MEMORY_LIMIT + MEMORY_ALLOWANCE
    yield Row(
        f"peak memory, {total >> 30} GiB by recv({size})", f"{peak / (1 << 20):.0f} MiB", "limit 256 MiB",
        f"{peak / MEMORY_LIMIT:.2f}", "≤ limit + 64 MiB", peak <= limit)


def memory_of_large_chunks():
    return _memory(65536, 4 << 30)


def memory_of_small_chunks():
    # Sixteen million records; the limit is reached after two.
    return _memory(64, 1 << 30)
