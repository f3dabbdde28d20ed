"""What watching changes: a receiver that shares one processor with its sender, and with the thread that prints."""

import os
import re
import statistics
import subprocess

from processes import Yardstick, listener, sender
from table import Row

ROUNDS = 11
COUNT, SIZE, GAP = 3000, 100, 50_000
FORMS = (("--quiet", 0.9), ("--json", 0.9))


def _bare():
    receiver = Yardstick("receiver", 4096, 1, listens=True)
    sender(receiver.port, COUNT, SIZE, GAP)
    return receiver.facts()["calls"] - 1


def _ours(form):
    program, port = listener("--once", form, output=subprocess.PIPE)
    sender(port, COUNT, SIZE, GAP)
    out, err = program.finish()
    calls = int(re.search(r"(\d+) calls", err)[1]) if form == "--quiet" else out.count('"event":"recv"')
    return calls - 1


def chunks_on_one_processor():
    """3000 sends 50 µs apart; each that comes before the receiver has its turn makes a chunk less. Medians, in turn."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        rounds = [(_bare(), *(_ours(form) for form, _ in FORMS)) for _ in range(ROUNDS)]
    finally:
        os.sched_setaffinity(0, before)
    bare, *ours = (statistics.median(chunks) for chunks in zip(*rounds))
    for (form, goal), mine in zip(FORMS, ours):
        ratio = mine / bare
        yield Row(
            f"chunks of {COUNT} sends, one processor, {form}", f"{mine:.0f}", f"bare C loop {bare:.0f}", f"{ratio:.2f}",
            f"≥ {goal}", ratio >= goal)
