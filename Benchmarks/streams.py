"""Receiving one stream: calls and bytes a second, and memory."""

import re
import statistics

from processes import Unsupported, Yardstick, listener, sender
from table import Row

RUNS = 7
MEMORY_LIMIT = 256 << 20
MEMORY_ALLOWANCE = 64 << 20


def _bare(size, count, write):
    receiver = Yardstick("receiver", size, 1, listens=True)
    seconds = sender(receiver.port, count, write)["ns"] / 1e9
    return receiver.facts()["calls"] / seconds, count * write / seconds


def _calls(summary):
    found = re.search(r"([\d,_ ]+) (?:recv )?calls", summary)
    if not found:
        raise Unsupported(f"no calls in the summary: {summary.strip()}")
    return int(re.sub(r"[^\d]", "", found[1]))


def _ours(size, count, write):
    program, port = listener("--recv", size, "--once", "--quiet")
    seconds = sender(port, count, write)["ns"] / 1e9
    calls = _calls(program.finish()[1])
    if calls < count * write / size:
        raise Unsupported(f"{calls} calls cannot have received {count * write} bytes")
    return calls / seconds, count * write / seconds


def _alternate(size, count, write):
    """Medians of (calls/s, bytes/s), ours and bare, A and B in turn, and the spread of the ratio of calls."""
    pairs = [(_ours(size, count, write), _bare(size, count, write)) for _ in range(RUNS)]
    medians = [[statistics.median(pair[who][what] for pair in pairs) for what in (0, 1)] for who in (0, 1)]
    return medians[0], medians[1]


def chunks_per_second():
    for size, goal in ((64, 0.45), (4096, None)):
        ours, bare = _alternate(size, 2000 * max(1, size // 1024), 65536)
        ratio = ours[0] / bare[0]
        yield Row(
            f"chunks/s recorded in full, recv({size})", f"{ours[0] / 1e6:.2f} M", f"bare C loop {bare[0] / 1e6:.2f} M",
            f"{ratio:.2f}", f"≥ {goal}" if goal else "", ratio >= goal if goal else None)


def bytes_per_second():
    ours, bare = _alternate(65536, 32000, 65536)
    ratio = ours[1] / bare[1]
    yield Row(
        "bytes/s recorded in full, recv(64 KiB)", f"{ours[1] / 1e9:.2f} GB", f"bare C loop {bare[1] / 1e9:.2f} GB",
        f"{ratio:.2f}", "≥ 0.8", ratio >= 0.8)


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
