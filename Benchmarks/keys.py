"""From a key to the frame that shows what it did, read at the other end of a pseudo-terminal."""

import contextlib
import os
import random
import re
import select
import tempfile
import time
from pathlib import Path

from processes import PROGRAM, Unsupported, Yardstick, free_port, listener, sender, yardstick_path
from screen import Terminal
from table import Row

HELD, FEW = 10_000_000, 1000
SIZE, WRITE = 64, 65536
GIBIBYTE = 1 << 30
# Ten million records of recv(64) with their bytes take 1450 MiB; while more come, the records keep three quarters.
MEMORY = "1800M"
CYCLES = 30
END = b"\x1b[?2026l"
CLEAR = b"\x1b[2J"
LIMIT = 10  # seconds that a frame may take before the program counts as stuck

# Keys, and what stands in the frame that shows what the key did and in no frame before.
FOLLOWING = (
    *((b"t", word) for word in (b"of day", b"prev", b"mark", b"mtime\x1b")), (b"?", b" Keys "), (b"?", b" Sockets "))
FOR_BARE = tuple((key, b"? help") for key, _ in FOLLOWING)
CURSOR = "▸".encode()
FILTERING = ((b"x", b"without"), (b"x", b"recv and"), (b"x", b"only"), (b"x", b"send"), (b"x", CURSOR))
HOLDING = ((b"k", CURSOR), (b"j", CURSOR), (b"i", b"Inspector"), (b"i", b"Lanes"))
# Nothing is open that Escape could close, and the newest record is followed already.
WITHOUT_EFFECT = (b"\x1b", b"G")


class Screen(Terminal):
    """A program whose frames are awaited; others may have to be read meanwhile, lest they block."""

    def __init__(self, command, beside=()):
        super().__init__(command)
        self.all = [self, *beside]
        self.first_frame()

    def pass_time(self, seconds):
        """Lets some time pass; returns the bytes that this program wrote."""
        end, count = time.monotonic() + seconds, 0
        while (left := end - time.monotonic()) > 0:
            for screen in self._readable(left):
                part = screen._take()
                count += len(part) if screen is self else 0
        return count

    def press(self, key, shows):
        """Seconds from a key to the end of the frame in which `shows` stands."""
        return self.frame(key, shows)[0]

    def frame(self, key, shows):
        """The same, and that frame from there on."""
        seen, start = b"", time.monotonic()
        os.write(self.fd, key)
        while True:
            for screen in self._readable(LIMIT):
                part = screen._take()
                if screen is self:
                    seen += part
            place = seen.find(shows)
            if place >= 0 and END in seen[place:]:
                return time.monotonic() - start, seen[place:seen.index(END, place)]
            if time.monotonic() - start > LIMIT:
                raise Unsupported(f"no frame with {shows!r} within {LIMIT} s after {key!r}")

    def _readable(self, seconds):
        return select.select(self.all, [], [], seconds)[0]

    def fileno(self):
        return self.fd

    def _take(self):
        try:
            return os.read(self.fd, 1 << 16)
        except OSError:
            raise Unsupported("it ended") from None

    def processor_time(self, thread=None):
        """Nanoseconds that the thread which draws has run, or the one of that name."""
        if thread is None:
            return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[0])
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            if (task / "comm").read_text().strip() == thread:
                return int((task / "schedstat").read_text().split()[0])
        raise Unsupported(f"there is no thread {thread}")


def _times(screen, keys, before=b"", rounds=CYCLES):
    """Milliseconds of each key; the keys come at odd moments, lest they fall into step with the frames.

    `before` is pressed at the beginning of each round.
    """
    odd = random.Random(1)
    times = []
    for _ in range(rounds):
        os.write(screen.fd, before)
        for key, shows in keys:
            screen.pass_time(odd.uniform(0.02, 0.06))
            times.append(screen.press(key, shows) * 1000)
    return times


def _keys(screen):
    """All keys: first while the newest record is followed, then while the view is held, on records that are not dropped
    meanwhile."""
    times = _times(screen, FOLLOWING) + _times(screen, FILTERING) + _times(screen, HOLDING, before=b"G")
    os.write(screen.fd, b"G")
    screen.pass_time(0.5)
    return times


def _percentiles(times):
    times = sorted(times)
    return times[len(times) // 2], times[len(times) * 99 // 100], times[-1]


@contextlib.contextmanager
def _open(command, beside=()):
    screen = Screen(command, beside)
    try:
        yield screen
    finally:
        screen.stop()


@contextlib.contextmanager
def _workbench(port):
    with tempfile.NamedTemporaryFile("w", suffix=".lab") as lab:
        lab.write(f"listen {port} --recv {SIZE} --at-end close\n")
        lab.flush()
        with _open([PROGRAM, "--memory", MEMORY, lab.name]) as screen:
            yield screen


def _fill(screen, port, records):
    """Seconds until a sender's bytes are so many records; each holds at most SIZE bytes."""
    feed = Yardstick("sender", port, records * SIZE // WRITE + 1, WRITE, 0)
    while feed.process.poll() is None:
        screen.pass_time(0.05)
    return feed.facts()["ns"] / 1e9


def _row(screen, key, which):
    """The connection and the number of the first or last recv row in view after a key, from a screen that is drawn anew."""
    os.write(screen.fd, key)
    _, frame = screen.frame(b"\x0c", CLEAR)
    text = re.sub(rb"\x1b(\[[0-9;?]*[A-Za-z]|\([A-Z])", b" ", frame).decode(errors="replace")
    rows = re.findall(r"recv +(\d+) +server\.(\d+) ", text)
    if not rows:
        raise Unsupported(f"the screen shows no recv: {text[:300]!r}")
    number, connection = rows[which]
    return int(connection), int(number)


def _held(screen, first):
    """Records held: from the oldest row to the newest. `first` is what the connection before the newest has in all."""
    connection, oldest = _row(screen, b"g", 0)
    newest_connection, newest = _row(screen, b"G", -1)
    return newest - oldest + 1 + (first if connection < newest_connection else 0)


def _time_a_frame(screen):
    """Nanoseconds of a processor that a frame takes while nothing comes in, with all that was read before it."""
    before = screen.processor_time()
    count = len(_keys(screen))
    return (screen.processor_time() - before) / count


def _rows(name, ours, bare, goal):
    for i, word in enumerate(("p50", "p99", "max")):
        has_goal = goal and i == 1
        yield Row(
            f"key to frame, {name}, {word}", f"{ours[i]:.2f} ms", f"C {bare[i]:.2f} ms", f"{ours[i] / bare[i]:.1f}",
            f"≤ {goal} ms" if has_goal else "", ours[i] <= goal if has_goal else None)


def idle():
    """An empty journal: what a key costs at least; and what keys without effect write."""
    with _open([yardstick_path("echo")]) as bare:
        least = _percentiles(_times(bare, FOR_BARE))
    # With a command it does not offer lessons; this one leaves nothing behind.
    with _open([PROGRAM, "-e", "wait 1ms"]) as screen:
        yield from _rows("idle, empty", _percentiles(_times(screen, FOLLOWING)), least, None)
        screen.pass_time(0.5)
        count = screen.pass_time(2)
        yield Row("bytes written in 2 s after a key", str(count), "", "", "none", count == 0)
        count = 0
        for key in WITHOUT_EFFECT:
            os.write(screen.fd, key)
            count += screen.pass_time(0.5)
        yield Row("bytes written for keys without effect", str(count), "", "", "none", count == 0)


def recording():
    """Ten million records held, and a sender that never pauses; the C program has the same beside it."""
    port = free_port()
    with _workbench(port) as screen:
        seconds = _fill(screen, port, HELD)
        _, first = _row(screen, b"G", -1)
        feed = Yardstick("sender", port, 10_000_000, WRITE, 0)
        try:
            ours = _percentiles(_keys(screen))
            with _open([yardstick_path("echo")], beside=[screen]) as bare:
                least = _percentiles(_times(bare, FOR_BARE))
        finally:
            feed.stop()
        screen.pass_time(1)
        held = _held(screen, first)
        if held < HELD:
            raise Unsupported(f"only {held} records are held")
        yield from _rows(f"{held / 1e6:.0f} M held, full rate", ours, least, 16)
        many = _time_a_frame(screen)
    port = free_port()
    with _workbench(port) as screen:
        _fill(screen, port, FEW)
        screen.pass_time(0.5)
        few = _time_a_frame(screen)
    yield Row(
        f"processor time of a frame, {held / 1e6:.0f} M held", f"{many / 1e6:.2f} ms",
        f"{FEW} held {few / 1e6:.2f} ms", f"{many / few:.2f}", "≤ 1.2", many <= 1.2 * few)
    program, port = listener("--recv", SIZE, "--once", "--quiet", "--memory", MEMORY)
    quiet = sender(port, HELD * SIZE // WRITE + 1, WRITE)["ns"] / 1e9
    program.finish()
    yield Row(
        f"chunks/s recorded while it draws, recv({SIZE})", f"{HELD / seconds / 1e6:.2f} M",
        f"headless, quiet {HELD / quiet / 1e6:.2f} M", f"{quiet / seconds:.2f}")


def filtering():
    """A condition that no record passes: the processor's time until all that are held were looked at, the frames meanwhile
    included. Then keys with one that most pass, beside a sender that never pauses."""
    port = free_port()
    with _workbench(port) as screen:
        _fill(screen, port, HELD)
        screen.pass_time(1)
        times = []
        for _ in range(5):
            _filter(screen, b"asked>10 and waited>1h")
            before = screen.processor_time()
            screen.press(b"\r", b"changes it")
            times.append((screen.processor_time() - before) / 1e9)
            screen.pass_time(0.2)
        rate = HELD / sorted(times)[2] / 1e6
        yield Row("records/s that a filter looks at", f"{rate:.1f} M", "", "", "≥ 10 M", rate >= 10)
        _filter(screen, b"n!=7 and waited>=0ms")
        screen.press(b"\r", CURSOR)
        feed = Yardstick("sender", port, 10_000_000, WRITE, 0)
        try:
            ours = _percentiles(_times(screen, FOLLOWING) + _times(screen, HOLDING, before=b"G"))
            with _open([yardstick_path("echo")], beside=[screen]) as bare:
                least = _percentiles(_times(bare, FOR_BARE))
        finally:
            feed.stop()
        yield from _rows("filtered, full rate", ours, least, 16)


def finding():
    """Eight bytes that are nowhere in 1 GiB of chunks: the processor's time of the thread that looks for them. memmem() has the
    same bytes in one piece."""
    yard = Yardstick("find", GIBIBYTE >> 20).facts()
    for name, size in (("64 KiB", 65536), ("64 B", SIZE)):
        port = free_port()
        with _listening(port, size) as screen:
            count = _feed(screen, port, GIBIBYTE // (1 if size > SIZE else 4))
            screen.pass_time(1)
            times = []
            for _ in range(5):
                screen.press(b"/", "find in".encode())
                os.write(screen.fd, b"<f0 f1 f2 f3 f4 f5 f6 f7>")
                screen.pass_time(0.2)
                screen.press(b"\r", b"is nowhere")
                times.append(screen.processor_time("find") / 1e9)
                os.write(screen.fd, b"\x1b")
                screen.pass_time(0.2)
            rate = count / sorted(times)[2] / 1e9
            best = yard["bytes"] / yard["ns"]
            has_goal = size > SIZE
            yield Row(
                f"GB/s searched for 8 bytes, recv({name})", f"{rate:.2f}", f"memmem {best:.2f}", f"{rate / best:.2f}",
                "≥ 0.5" if has_goal else "", rate >= 0.5 * best if has_goal else None)


@contextlib.contextmanager
def _listening(port, size):
    with _open([PROGRAM, "--memory", MEMORY, "-e", f"listen {port} --recv {size} --at-end close"]) as screen:
        yield screen


def _feed(screen, port, count):
    """Sends so many bytes; returns how many."""
    feed = Yardstick("sender", port, count // WRITE, WRITE, 0)
    while feed.process.poll() is None:
        screen.pass_time(0.05)
    feed.facts()
    return count


def _filter(screen, text):
    """Types a condition in place of the one there is."""
    screen.press(b"&", "where ▸".encode())
    os.write(screen.fd, b"\x15" + text)
    screen.pass_time(0.2)
