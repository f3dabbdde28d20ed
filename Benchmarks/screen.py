"""The workbench in a pseudo-terminal: how soon it is there, and what it does when nothing happens."""

import fcntl
import os
import pty
import select
import signal
import statistics
import struct
import termios
import time
from pathlib import Path

from processes import PROGRAM, Unsupported, listener, yardstick_path
from table import Row

RUNS = 15
ROWS, COLUMNS = 36, 120
# The word that ends the first row of both programs' frames.
MARK = b"? help"


class Terminal:
    """A program on a pseudo-terminal of 120 by 36."""

    def __init__(self, command):
        self.start = time.monotonic()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            environment = dict(os.environ, TERM="xterm-256color", LANG="C.UTF-8", LC_ALL="C.UTF-8")
            os.execve(command[0], command, environment)
        self.seen = b""

    def read(self, seconds):
        """Reads what comes within some time; False when nothing came."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            self.seen += os.read(self.fd, 1 << 16)
        except OSError:
            raise Unsupported(self.seen.decode(errors="replace").strip() or "it ended at once") from None
        return True

    def first_frame(self):
        """Seconds until the last byte of the first frame was written."""
        end = None
        while MARK not in self.seen:
            if not self.read(10):
                raise Unsupported(f"no frame within 10 s: {self.seen[-200:]!r}")
            end = time.monotonic()
        # A frame is many writes: it is there when they pause.
        while self.read(0.02):
            end = time.monotonic()
        return end - self.start

    def stop(self):
        os.kill(self.pid, signal.SIGTERM)
        deadline = time.monotonic() + 5
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.monotonic() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)
                break
            try:
                self.read(0.01)
            except Unsupported:
                pass
        os.close(self.fd)


def _timed(command):
    terminal = Terminal(command)
    try:
        return terminal.first_frame() * 1000
    finally:
        terminal.stop()


def first_frame():
    pairs = [(_timed([PROGRAM]), _timed([yardstick_path("frame")])) for _ in range(RUNS)]
    ours, bare = (statistics.median(pair[who] for pair in pairs) for who in (0, 1))
    yield Row(
        "start to first frame, 120×36", f"{ours:.1f} ms", f"C with ncursesw {bare:.1f} ms", f"{ours / bare:.1f}",
        "≤ 50 ms", ours <= 50)


def _wakeups(pid):
    """How often any thread of a process was switched in: voluntary and forced."""
    switches = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if "ctxt_switches" in line:
                switches += int(line.split()[1])
    return switches


def _idle_row(name, pid, settle):
    settle(1)
    before = _wakeups(pid)
    settle(2)
    count = _wakeups(pid) - before
    return Row(f"wake-ups in 2 s, idle {name}", str(count), "a process in poll() 0", "", "none", count == 0)


def idle_workbench():
    terminal = Terminal([PROGRAM])
    try:
        terminal.first_frame()

        def settle(seconds):
            end = time.monotonic() + seconds
            while (left := end - time.monotonic()) > 0:
                terminal.read(left)

        yield _idle_row("workbench", terminal.pid, settle)
    finally:
        terminal.stop()


def idle_listener():
    program, _ = listener("--json")
    yield _idle_row("listener", program.process.pid, time.sleep)
    program.finish(interrupt=True)
