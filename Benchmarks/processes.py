"""The program under test and the C yardsticks, as processes with deadlines."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
PROGRAM = os.environ.get("RECVSCOPE", "")
BEFORE = os.environ.get("BEFORE")  # a program of an earlier commit, to be measured in turn with this one
LIMIT = 120  # seconds; far more than any measurement takes
_built = Path(tempfile.mkdtemp(prefix="recvscope-bench-"))
atexit.register(shutil.rmtree, _built, ignore_errors=True)


class Unsupported(Exception):
    """The program cannot do what is measured, or did it wrongly."""


def build_yardsticks():
    for source in sorted((HERE / "yardsticks").glob("*.c")):
        libraries = ["-lncursesw", "-ltinfo"] if source.stem == "frame" else ["-pthread"]
        subprocess.run(["cc", "-O2", "-Wall", "-o", _built / source.stem, source, *libraries], check=True)


def yardstick_path(name):
    return str(_built / name)


def facts(text):
    """`name N` lines as a dictionary."""
    pairs = (line.split() for line in text.splitlines())
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) == 2}


class Yardstick:
    """A running C program; one that listens tells its port first."""

    def __init__(self, name, *arguments, listens=False):
        self.name = name
        self.process = subprocess.Popen(
            [yardstick_path(name), *map(str, arguments)], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().split()[1]) if listens else None

    def stop(self):
        """Ends one that would go on for ever; it has no facts."""
        self.process.kill()
        self.process.communicate()

    def facts(self):
        try:
            out, _ = self.process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise Unsupported(f"{self.name} did not end within {LIMIT} s") from None
        if self.process.returncode != 0:
            raise Unsupported(f"{self.name} failed")
        return facts(out)


def sender(port, count, size, gap=0):
    """Runs the sender to its end. With a connection that breaks it raises Unsupported."""
    return Yardstick("sender", port, count, size, gap).facts()


class Program:
    """recvscope, running; what it does not end by itself is interrupted."""

    def __init__(self, *arguments, output=subprocess.DEVNULL, program=None):
        self.process = subprocess.Popen(
            [program or PROGRAM, *map(str, arguments)], stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.PIPE)

    def finish(self, interrupt=False):
        """Waits for the end; gives standard output and standard error as text."""
        if interrupt:
            self.process.send_signal(signal.SIGINT)
        try:
            out, err = self.process.communicate(timeout=LIMIT)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.communicate()
            raise Unsupported("it did not end") from None
        if self.process.returncode not in (0, 130 if interrupt else 0):
            raise Unsupported(err.decode().strip() or f"exit status {self.process.returncode}")
        return (out or b"").decode(), err.decode()

    def processor_seconds(self):
        """Processor time of all its threads so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def status(self, field):
        """A number of /proc/PID/status, in its own unit."""
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith(field + ":"):
                return int(line.split()[1])
        raise Unsupported(f"no {field} in /proc")


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def listener(*options, output=subprocess.DEVNULL, program=None):
    """`recvscope listen` on a port that is free now; the senders try until it listens."""
    port = free_port()
    return Program("listen", port, *options, output=output, program=program), port
