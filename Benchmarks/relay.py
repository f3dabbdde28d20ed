"""Passing on: one stream, round trips, and many connections at once, beside socat."""

import selectors
import socket
import statistics
import subprocess
import threading

from processes import LIMIT, Program, Unsupported, Yardstick, free_port, sender
from table import Row

RUNS = 5
STREAM = (30_000, 65536)
TRIPS = 5000
CONNECTIONS, BYTES = 500, 50_000


class Between:
    """recvscope, or socat, passing on to a port."""

    def __init__(self, who, target, *options):
        self.port = free_port()
        if who == "socat":
            self.process = subprocess.Popen(
                ["socat", f"TCP4-LISTEN:{self.port},bind=127.0.0.1,reuseaddr,fork,nodelay",
                 f"TCP4:127.0.0.1:{target},nodelay"], stderr=subprocess.DEVNULL)
        else:
            self.program = Program("relay", self.port, f"127.0.0.1:{target}", "--quiet", *options)
            self.process = self.program.process

    def stop(self):
        self.process.terminate()
        self.process.wait(LIMIT)


def _stream(who):
    receiver = Yardstick("receiver", 65536, 1, listens=True)
    between = Between(who, receiver.port) if who != "direct" else None
    try:
        seconds = sender(between.port if between else receiver.port, *STREAM)["ns"] / 1e9
        if receiver.facts()["bytes"] != STREAM[0] * STREAM[1]:
            raise Unsupported(f"{who} lost bytes")
    finally:
        if between:
            between.stop()
    return STREAM[0] * STREAM[1] / seconds


def _trips(who):
    server = Yardstick("roundtrips", listens=True)
    between = Between(who, server.port) if who != "direct" else None
    try:
        return Yardstick("roundtrips", between.port if between else server.port, TRIPS).facts()["p50"]
    finally:
        if between:
            between.stop()
        server.stop()


def _in_turn(measure):
    values = {"ours": [], "socat": [], "direct": []}
    for _ in range(RUNS):
        for who in values:
            values[who].append(measure(who))
    return {who: statistics.median(found) for who, found in values.items()}


def stream():
    rates = _in_turn(_stream)
    ratio = rates["ours"] / rates["socat"]
    yield Row(
        "bytes/s through the relay, recorded in full", f"{rates['ours'] / 1e9:.2f} GB", f"socat {rates['socat'] / 1e9:.2f} GB",
        f"{ratio:.2f}", "≥ 0.5", ratio >= 0.5)
    yield Row("", f"{rates['ours'] / 1e9:.2f} GB", f"direct {rates['direct'] / 1e9:.2f} GB", f"{rates['ours'] / rates['direct']:.2f}")


def latency():
    """What a round trip of 64 bytes takes more, which passes the relay twice."""
    times = _in_turn(_trips)
    ours, socat = times["ours"] - times["direct"], times["socat"] - times["direct"]
    yield Row(
        "latency added to a round trip, p50", f"{ours / 1e3:.1f} µs", f"socat {socat / 1e3:.1f} µs", f"{ours / socat:.2f}",
        "≤ socat + 10 µs each way", ours <= socat + 20_000)


def many():
    """Connections at once, bytes each way: each is compared whole."""
    server = socket.create_server(("127.0.0.1", 0), backlog=4096)
    threading.Thread(target=_echo, args=(server,), daemon=True).start()
    between = Between("ours", server.getsockname()[1], "--mode", "epoll", "--memory", "64M")
    try:
        whole = _talk(between.port)
        peak = between.program.status("VmHWM") / 1024
    finally:
        between.stop()
    yield Row(
        f"{CONNECTIONS} connections, {BYTES // 1000} kB each way", f"{whole} whole", f"{CONNECTIONS} sent", "", "none lost",
        whole == CONNECTIONS)
    limit = 64 + 64 + CONNECTIONS * 2 * 64 / 1024
    yield Row("  peak memory", f"{peak:.0f} MiB", "limit 64 MiB", "", "≤ limit + buffers + 64 MiB", peak <= limit)


def _echo(server):
    """Sends back what comes, on all connections."""
    selector = selectors.DefaultSelector()
    server.setblocking(False)
    selector.register(server, selectors.EVENT_READ)
    waiting = {}
    while True:
        for key, events in selector.select():
            if key.fileobj is server:
                connection, _ = server.accept()
                connection.setblocking(False)
                waiting[connection] = bytearray()
                selector.register(connection, selectors.EVENT_READ)
                continue
            connection, rest = key.fileobj, waiting[key.fileobj]
            if events & selectors.EVENT_READ:
                data = connection.recv(65536)
                rest += data
                if not data:
                    selector.unregister(connection)
                    connection.setblocking(True)
                    connection.sendall(rest)
                    connection.close()
                    continue
            if rest:
                try:
                    del rest[:connection.send(rest)]
                except BlockingIOError:
                    pass
            selector.modify(connection, selectors.EVENT_READ | (selectors.EVENT_WRITE if rest else 0))


def _talk(port):
    """How many connections got back what they sent."""
    payloads = [bytes((number + place) & 0xff for place in range(256)) * (BYTES // 256) for number in range(CONNECTIONS)]
    sockets = []
    for _ in payloads:
        while True:
            try:
                sockets.append(socket.create_connection(("127.0.0.1", port), 20))
                break
            except ConnectionRefusedError:
                pass  # it is still starting
    results = [False] * CONNECTIONS

    def one(number):
        sockets[number].settimeout(60)
        got = bytearray()

        def receive():
            while data := sockets[number].recv(65536):
                got.extend(data)

        reader = threading.Thread(target=receive)
        reader.start()
        sockets[number].sendall(payloads[number])
        sockets[number].shutdown(socket.SHUT_WR)
        reader.join(60)
        results[number] = bytes(got) == payloads[number]

    threads = [threading.Thread(target=one, args=(number,)) for number in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    for connection in sockets:
        connection.close()
    return sum(results)
