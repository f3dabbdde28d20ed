"""A framing that is set on what was recorded before: how soon the screen shows it, how fast all is cut, and how long keys wait."""

import os
import time

import keys
from processes import Unsupported, Yardstick, free_port, yardstick_path
from table import Row

FRAMING = b"fixed 48"
# The cursor's mark may stand in the same cell afterwards, as messages come in above it: what the line below says does not.
HOLDING = ((b"k", b"is held"),)
WAITING = (*keys.FOLLOWING[:4], *HOLDING)


def framing():
    """Ten million records of recv(64), then messages of 48 bytes over them: most are in two chunks."""
    port = free_port()
    with keys._workbench(port) as screen:
        keys._fill(screen, port, keys.HELD)
        screen.pass_time(1)
        first, whole, times = [], [], []
        for _ in range(3):
            _frame(screen, b"none")
            os.write(screen.fd, b"\r")
            screen.pass_time(1)
            _frame(screen, FRAMING)
            start = time.monotonic()
            first.append(screen.press(b"\r", b"into messages") * 1000)
            times += keys._times(screen, WAITING, before=b"G", rounds=1)
            _until(screen, b"one recv")
            whole.append(time.monotonic() - start)
        shown = sorted(first)[1]
        yield Row("framing 10 M records: first screen", f"{shown:.0f} ms", "", "", "≤ 100 ms", shown <= 100)
        rate = keys.HELD / sorted(whole)[1] / 1e6
        yield Row("records/s cut beside the screen", f"{rate:.1f} M", "", "")
        feed = Yardstick("sender", port, 10_000_000, keys.WRITE, 0)
        try:
            times += keys._times(screen, keys.FOLLOWING) + keys._times(screen, HOLDING, before=b"G")
            with keys._open([yardstick_path("echo")], beside=[screen]) as bare:
                least = keys._percentiles(keys._times(bare, keys.FOR_BARE))
        finally:
            feed.stop()
        yield from keys._rows("framed, full rate", keys._percentiles(times), least, 16)


def _frame(screen, text):
    for part in (b":", b"frame server " + text):
        os.write(screen.fd, part)
        screen.pass_time(0.2)


def _until(screen, shows):
    """Waits for a frame."""
    end, seen = time.monotonic() + 60, b""
    while time.monotonic() < end:
        for other in screen._readable(keys.LIMIT):
            part = other._take()
            seen = seen[-200:] + part if other is screen else seen
        if shows in seen:
            return
    raise Unsupported(f"no frame with {shows!r}")
