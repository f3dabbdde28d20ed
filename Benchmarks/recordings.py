"""What keeping a run in a file costs, and what reading it costs."""

import random
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from processes import LIMIT, PROGRAM, Unsupported, listener, sender
from streams import recorded
from table import Row

RUNS = 7
STREAMS = ((64, 4000, 65536),)
MESSAGES = 200_000


def chunks_per_second():
    """The same run kept in a file and not, in turn."""
    for size, count, write in STREAMS:
        rounds = []
        with tempfile.TemporaryDirectory() as folder:
            for run in range(RUNS):
                file = Path(folder, f"{run}.rscope")
                kept = recorded(size, count, write, "--record", file)
                _whole(file)
                file.unlink()
                rounds.append((kept, recorded(size, count, write)))
        kept, plain = (statistics.median(rates) for rates in zip(*rounds))
        ratio = kept / plain
        yield Row(
            f"chunks/s with --record, recv({size})", f"{kept / 1e6:.3f} M", f"without {plain / 1e6:.3f} M", f"{ratio:.2f}",
            "≥ 0.85", ratio >= 0.85)


def _whole(file):
    """No record is missing."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as database:
        missing = database.execute("select coalesce(sum(count), 0) from missing").fetchone()[0]
        count, records = database.execute("select sum(block.count), recording.next - recording.first from block, recording").fetchone()
    if missing or count != records:
        raise Unsupported(f"{missing} records are missing")


def _messages(count):
    """Messages like JSON, of 64 bytes each."""
    chance = random.Random(1)
    for number in range(count):
        text = f'{{"id":{number},"user":"u{chance.randrange(100000)}","value":{chance.random():.6f},"ok":true'
        yield (text.ljust(62) + "}\n").encode()


def size():
    """Bytes on disk for a record with 64 bytes of JSON-like payload."""
    import socket
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "size.rscope")
        program, port = listener("--recv", 64, "--once", "--quiet", "--record", file)
        deadline = time.monotonic() + LIMIT
        while True:
            try:
                connection = socket.create_connection(("127.0.0.1", port))
                break
            except ConnectionRefusedError:
                if time.monotonic() > deadline:
                    raise
        with connection:
            connection.sendall(b"".join(_messages(MESSAGES)))
        program.finish()
        each = file.stat().st_size / MESSAGES
    yield Row("bytes on disk a record of 64 B of JSON", f"{each:.1f}", "records and payload 160", f"{each / 160:.2f}", "≤ 40", each <= 40)


def _timed(*words):
    start = time.monotonic()
    result = subprocess.run([PROGRAM, *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=LIMIT * 10, check=False)
    if result.returncode:
        raise Unsupported(result.stderr.decode())
    return time.monotonic() - start, result.stdout.decode()


def _ten_million(folder):
    """A recording of ten million records: what was received of a C sender."""
    file = Path(folder, "large.rscope")
    program, port = listener("--recv", 64, "--once", "--quiet", "--memory", "64M", "--record", file)
    sender(port, 10_000_000 * 64 // 65536, 65536)
    program.finish()
    _whole(file)
    return file


def reading():
    """What is asked of ten million records."""
    with tempfile.TemporaryDirectory() as folder:
        file = _ten_million(folder)
        whole = file.read_bytes  # the yardstick: the file's bytes, read
        start = time.monotonic()
        whole()
        yardstick = time.monotonic() - start
        for what, sql, goal in (
                ("group by socket, from the sums", "select socket, sum(calls) from whys group by 1", 1.0),
                ("group by reason, from the sums", "select why, sum(calls), max(longest) from whys group by 1", 1.0),
                ("group by reason, record by record", "select why, count(*), max(waited) from chunks group by 1", 4.0),
                ("full pass", "select sum(returned), max(waited) from chunks", 4.0)):
            seconds = statistics.median(_timed("query", file, sql)[0] for _ in range(3))
            yield Row(f"10 M records: {what}", f"{seconds:.2f} s", f"cat {yardstick:.2f} s", f"{seconds / yardstick:.0f}", f"≤ {goal} s", seconds <= goal)
