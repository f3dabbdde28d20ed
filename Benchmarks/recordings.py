"""What keeping a run in a file costs, and what reading it costs."""

import random
import re
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from keys import Screen
from processes import LIMIT, PROGRAM, Unsupported, Yardstick, listener, sender, yardstick_path
from screen import Terminal
from streams import recorded
from table import Row

RUNS = 7
STREAMS = ((64, 4000, 65536),)
MESSAGES = 200_000
TEN_MILLION = 10_000_000
JUMPS = 300
CRASHES = 100


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
    sender(port, TEN_MILLION * 64 // 65536, 65536)
    program.finish()
    _whole(file)
    return file


def _first_frame(command):
    terminal = Terminal(command)
    try:
        return terminal.first_frame() * 1000
    finally:
        terminal.stop()


def _jumps(file):
    """Milliseconds from Enter behind the number of a record to the end of the frame that shows it."""
    chance, times = random.Random(1), []
    screen = Screen([PROGRAM, "open", file])
    try:
        for _ in range(JUMPS):
            number = chance.randrange(TEN_MILLION)
            screen.press(f":{number}".encode(), str(number)[-1].encode())
            screen.pass_time(chance.uniform(0.02, 0.06))
            times.append(screen.press(b"\r", b"") * 1000)
            # Drawn anew: it is that record, and not a frame that came for another reason.
            drawn = screen.frame(b"\x0c", "▸".encode())[1]
            if not re.search(rb"recv\D*(%d|%d)" % (number // 1000, number // 1000 - 1), drawn):
                raise Unsupported(f"no record {number}: {drawn!r}")
    finally:
        screen.stop()
    times.sort()
    return times[len(times) // 2], times[len(times) * 99 // 100]


def _export(file, folder):
    """Seconds to write a capture, and its size."""
    out = Path(folder, "out.pcapng")
    seconds, _ = _timed("export", file, "--to", "pcapng", "-o", out)
    size = out.stat().st_size
    out.unlink()
    return seconds, size


def _copied(folder, size):
    """Seconds to write a file of that size: the yardstick of an export."""
    start = time.monotonic()
    with open(Path(folder, "copy"), "wb") as copy:
        for _ in range(size >> 20):
            copy.write(bytes(1 << 20))
    Path(folder, "copy").unlink()
    return time.monotonic() - start


def crashes():
    """kill -9 at random moments at full rate: how much is missing in the file?"""
    chance, missing = random.Random(), []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(CRASHES):
            file = Path(folder, f"{number}.rscope")
            program, port = listener("--recv", 64, "--quiet", "--memory", "64M", "--record", file)
            stream = Yardstick("sender", port, 1 << 30, 65536, 0)
            _wait_for_records(file)
            time.sleep(chance.uniform(0, 1))
            killed = time.time_ns()
            program.process.kill()
            program.process.communicate()
            stream.stop()
            last, count, records, lost = _last(file)
            if not count or count != records or lost:
                raise Unsupported(f"{count} of {records} records, {lost} missing")
            missing.append((killed - last) / 1e6)
            for rest in Path(folder).iterdir():
                rest.unlink()
    missing.sort()
    yield Row(
        f"kill -9, {CRASHES} times: ms missing, most", f"{missing[-1]:.0f} ms", f"median {missing[len(missing) // 2]:.0f} ms",
        "", "≤ 100 ms", missing[-1] <= 100)


def _wait_for_records(file):
    """Until the stream is there: what comes before are the tables and two sockets."""
    journal, deadline = Path(f"{file}-wal"), time.monotonic() + LIMIT
    while not journal.exists() or journal.stat().st_size < 1 << 20:
        if time.monotonic() > deadline:
            raise Unsupported("nothing is recorded")
        time.sleep(0.01)


def _last(file):
    """When the last record of a file was made, by the clock of the day; how many there are, should be, and are missing."""
    with sqlite3.connect(file) as database:
        if database.execute("pragma integrity_check").fetchone()[0] != "ok":
            raise Unsupported("integrity_check finds something")
        return database.execute(
            "select (select wall from recording) + max(t1), sum(count), max(first + count) - min(first),"
            " (select coalesce(sum(count), 0) from missing) from block").fetchone()


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
        opened, bare = (
            statistics.median(_first_frame(command) for _ in range(7)) for command in ([PROGRAM, "open", file], [yardstick_path("frame")]))
        yield Row(
            "10 M records: open to first screen", f"{opened:.0f} ms", f"C with ncursesw {bare:.0f} ms", f"{opened / bare:.1f}",
            "≤ 100 ms", opened <= 100)
        half, most = _jumps(file)
        yield Row("10 M records: jump, p99", f"{most:.1f} ms", f"median {half:.1f} ms", f"{most / half:.1f}", "≤ 16 ms", most <= 16)
        seconds, size = _export(file, folder)
        bare, rate = _copied(folder, size), TEN_MILLION / seconds / 1e6
        yield Row(
            "10 M records: pcapng, packets/s", f"{rate:.2f} M", f"as many bytes written {TEN_MILLION / bare / 1e6:.2f} M",
            f"{bare / seconds:.2f}", "≥ 1 M", rate >= 1)
