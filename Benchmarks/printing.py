"""Printing what a stream brought, a line or more a chunk, into /dev/null."""

import os
import re
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from processes import LIMIT, PROGRAM, Unsupported, Yardstick, free_port
from table import Row

ROUNDS = 5
SIZE, WRITE = 64, 65536
CHUNKS, SOCAT_CHUNKS, CHECKED_CHUNKS = 1_024_000, 102_400, 10_240
FORMS = (
    ("--plain", 10), ("--hex", 10), ("--json", 10), ("--json --show close", 10), ("--quiet", 30))


def _wait_for(process, port):
    """Waits until somebody listens, without a connection that would be counted."""
    listening = re.compile(rf":{port:04X} \S+ 0A ")
    deadline = time.monotonic() + LIMIT
    while not listening.search(Path("/proc/net/tcp").read_text()):
        if process.poll() is not None or time.monotonic() > deadline:
            raise Unsupported("nobody listens")
        time.sleep(0.001)


def _rate(command, port, chunks, output=subprocess.DEVNULL):
    """Chunks a second, from before the sender starts until the program, all printed, has ended."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.DEVNULL)
    try:
        _wait_for(process, port)
        start = time.monotonic()
        sender = Yardstick("sender", port, chunks * SIZE // WRITE, WRITE, 0)
        status = process.wait(LIMIT)
        seconds = time.monotonic() - start
        sender.facts()
    except subprocess.TimeoutExpired:
        raise Unsupported("it did not end") from None
    finally:
        process.kill()
        process.wait()
    if status != 0:
        raise Unsupported(f"exit status {status}")
    return chunks / seconds


def _ours(form, chunks=CHUNKS, output=subprocess.DEVNULL):
    port = free_port()
    command = [PROGRAM, "listen", str(port), "--recv", str(SIZE), "--once", *form.split()]
    return _rate(command, port, chunks, output)


def _socat():
    port = free_port()
    command = ["socat", "-x", "-v", "-u", "-b", str(SIZE), f"TCP-LISTEN:{port},reuseaddr", "OPEN:/dev/null"]
    return _rate(command, port, SOCAT_CHUNKS)


def _check(form):
    """Every chunk is printed, and what comes out last is the end."""
    with tempfile.TemporaryFile() as output:
        _ours(form, CHECKED_CHUNKS, output)
        os.lseek(output.fileno(), 0, os.SEEK_SET)
        text = output.read()
    wanted = 0 if "--show" in form or form == "--quiet" else CHECKED_CHUNKS
    if len(re.findall(rb"\brecv\b", text)) < wanted or (form != "--quiet" and b"close" not in text):
        raise Unsupported(f"{form} did not print every chunk")


def chunks_per_second():
    """Socat's dump and ours in turn; the medians."""
    for form, _ in FORMS:
        _check(form)
    rounds = [(_socat(), *(_ours(form) for form, _ in FORMS)) for _ in range(ROUNDS)]
    socat, *ours = (statistics.median(rates) for rates in zip(*rounds))
    for (form, goal), rate in zip(FORMS, ours):
        ratio = rate / socat
        yield Row(
            f"chunks/s of recv({SIZE}), {form}", f"{rate / 1e3:.0f} k", f"socat -x -v {socat / 1e3:.0f} k", f"{ratio:.1f}",
            f"≥ {goal}", ratio >= goal)
