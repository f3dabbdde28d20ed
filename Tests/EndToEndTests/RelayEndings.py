# Ends of a connection as both its sides see them: directly, or through what lies between.
# usage: RelayEndings.py SERVER_PORT LABEL=PORT...   prints one line of JSON for each label and ending
import json, select, socket, struct, sys, threading

LIMIT = 5.0


def name(error):
    import errno
    return errno.errorcode.get(error.errno, "timeout" if isinstance(error, TimeoutError) else str(error))


def read_all(sock):
    """What recv returns up to the end: the bytes, and how it ended."""
    data = b""
    try:
        while True:
            piece = sock.recv(100)
            if not piece:
                return [data.decode(), "FIN"]
            data += piece
    except OSError as error:
        return [data.decode(), name(error)]


def reset(sock):
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def cannot_send(sock):
    """The error that sending ends with after the other side's reset."""
    try:
        for _ in range(200):
            sock.send(b"more")
            threading.Event().wait(0.01)
        return "sent"
    except OSError as error:
        return "broken" if name(error) in ("EPIPE", "ECONNRESET") else name(error)


def ending(actor, other, how, when):
    """One side ends; returns what both have seen."""
    if when != "before":
        actor.sendall(b"abc")
    if how == "RST":
        reset(actor)
        seen = read_all(other)
        return seen + ([cannot_send(other)] if when == "still" else [])
    actor.shutdown(socket.SHUT_WR)
    seen = read_all(other)
    if when == "still":
        other.sendall(b"the answer")
        other.close()
        return seen + read_all(actor)
    other.close()
    return seen + read_all(actor)


def urgent(actor, other):
    """An urgent byte between others; what comes before, the byte itself, what comes behind."""
    actor.sendall(b"abc")
    actor.send(b"!", socket.MSG_OOB)
    actor.sendall(b"def")
    seen = [other.recv(100).decode()]
    select.select([], [], [other], LIMIT)
    seen.append(other.recv(1, socket.MSG_OOB).decode())
    rest = b""
    while len(rest) < 3:
        rest += other.recv(100)
    return seen + [rest.decode()]


def play(server, port, who, how, when):
    client = socket.create_connection(("127.0.0.1", port), LIMIT)
    # What lies between may wait for the first bytes, or connect late.
    target, _ = server.accept()
    for sock in (client, target):
        sock.settimeout(LIMIT)
    try:
        pair = (client, target) if who == "client" else (target, client)
        return urgent(*pair) if how == "urgent" else ending(*pair, how, when)
    except OSError as error:
        return ["failed", name(error)]
    finally:
        client.close()
        target.close()


def main():
    server = socket.create_server(("127.0.0.1", int(sys.argv[1])))
    server.settimeout(LIMIT)
    for label in sys.argv[2:]:
        label, port = label.split("=")
        for who in ("client", "target"):
            ways = [(how, when) for how in ("FIN", "RST") for when in ("before", "after", "still")]
            for how, when in ways + [("urgent", "byte")]:
                seen = play(server, int(port), who, how, when)
                print(json.dumps([label, f"{who} {how} {when}", seen]), flush=True)


main()
