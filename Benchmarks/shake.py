"""Cuts a second, each proven, beside connections a second to the same program that nobody watches and nobody cuts."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from processes import LIMIT, PROGRAM, Unsupported, free_port, yardstick_path
from table import Row
from watch import _one_processor, _wait_for

CONNECTIONS = 2000
ROUNDS = 3

PYTHON = """
import socket
server = socket.create_server(("127.0.0.1", %d))
while True:
    connection, _ = server.accept()
    got = 0
    while data := connection.recv(4096):
        got += len(data)
        if got == 107: connection.sendall(b"ok\\n")
    connection.close()
"""
NODE = """
require('http').createServer((q, r) => {
  q.resume(); q.on('end', () => { r.sendDate = false; r.end('ok\\n') })
}).listen(%d, '127.0.0.1')
"""
NGINX = """
daemon off; worker_processes 2; error_log %(dir)s/error.log crit; pid %(dir)s/pid;
events { worker_connections 200; }
http { access_log off; client_body_temp_path %(dir)s/b; proxy_temp_path %(dir)s/p; fastcgi_temp_path %(dir)s/f;
  uwsgi_temp_path %(dir)s/u; scgi_temp_path %(dir)s/s;
  server { listen 127.0.0.1:%(port)d; keepalive_requests 1000; location / { return 200 "ok\\n"; } } }
"""


def _message(kind):
    """107 bytes that the target answers."""
    if kind in ("C", "python3"):
        return b"x" * 107
    head = b"POST / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: recvscope\r\nContent-Length: 13\r\nAccept: */*\r\n\r\n"
    message = head + b"hello, world!"
    return message.replace(b"*/*", b"*/*" + b"x" * (107 - len(message)))


def _command(kind, port, folder):
    if kind == "C":
        return [str(yardstick_path("shaken")), "107", str(port)]
    if kind == "python3":
        return ["python3", "-c", PYTHON % port]
    if not shutil.which(kind):
        raise Unsupported(f"{kind} is not installed")
    if kind == "node":
        return ["node", "-e", NODE % port]
    config = Path(folder, "nginx.conf")
    config.write_text(NGINX % {"dir": folder, "port": port})
    return ["nginx", "-c", str(config)]


def _cuts(kind, choice):
    """The cuts that were tried, and the seconds from the first to the last."""
    with tempfile.TemporaryDirectory(prefix="recvscope-bench-") as folder:
        message = Path(folder, "message")
        message.write_bytes(_message(kind))
        command = _command(kind, free_port(), folder)
        run = subprocess.run(
            [PROGRAM, "shake", "--send", f"@{message}", "--json", "--cuts", *choice.split(), "--ignore", "/Date: [^\\r]*/",
             "--until", "quiet", "50ms", "--", *command],
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LIMIT * 4)
        lines = [json.loads(line) for line in run.stdout.splitlines()]
        cuts = [line for line in lines if line["event"] == "cut"]
        if run.returncode != 0 or not all(cut["proven"] and cut["verdict"] == "same" for cut in cuts):
            raise Unsupported(f"status {run.returncode}: {run.stderr.strip()}")
        start = next(line["t"] for line in lines if line["event"] == "shake")
        return len(cuts), (cuts[-1]["t"] - start) / 1e9


def _connections(kind):
    """Connections a second: two sends that nothing waits between, the answer, and the end."""
    with tempfile.TemporaryDirectory(prefix="recvscope-bench-") as folder:
        port = free_port()
        process = subprocess.Popen(
            _command(kind, port, folder), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            _wait_for(port)
            message = _message(kind)
            begin = time.monotonic()
            for number in range(CONNECTIONS):
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    place = number % 106 + 1
                    connection.sendall(message[:place])
                    connection.sendall(message[place:])
                    connection.recv(4096)
                    connection.shutdown(socket.SHUT_WR)
                    while connection.recv(4096):
                        pass
            return CONNECTIONS / (time.monotonic() - begin)
        finally:
            process.terminate()
            process.wait(LIMIT)


def _rate(kind):
    count, seconds = _cuts(kind, "random 2000")
    return count / seconds


def every():
    """Cuts on one processor; what is not there is said, the others are measured."""
    for kind, goal in ("C", 1000), ("python3", 1000), ("node", 500), ("nginx", 500):
        with _one_processor():
            try:
                ours = max(_rate(kind) for _ in range(ROUNDS))
                plain = max(_connections(kind) for _ in range(ROUNDS))
            except Unsupported as reason:
                print(f"shake: {kind}: not measured: {reason}", flush=True)
                continue
        yield Row(
            f"proven cuts of a {kind} server", f"{ours:,.0f}/s", f"uncut, unwatched {plain:,.0f}/s", f"{ours / plain:.2f}",
            f"≥ {goal:,}/s", ours >= goal)


def pairs():
    """Every pair of cuts of 107 bytes."""
    with _one_processor():
        count, seconds = _cuts("C", "pairs")
        plain = _connections("C")
    yield Row(
        f"all {count:,} pairs of 107 bytes", f"{seconds:.1f} s", f"uncut, unwatched {count / plain:.1f} s",
        f"{seconds * plain / count:.1f}", "≤ 15 s", seconds <= 15)
