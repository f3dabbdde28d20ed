"""A server of JSON that takes one recv for one message: what everybody writes first. See `recvscope help shake`.

Usage: naive-server.py [PORT]
"""

import json
import socket
import sys

server = socket.create_server(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0))
while True:
    connection, _ = server.accept()
    while data := connection.recv(1024):
        try:
            json.loads(data)
            connection.sendall(b"ok\n")
        except ValueError:
            connection.sendall(b"bad\n")
    connection.close()
