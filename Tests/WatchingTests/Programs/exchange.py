"""Calls of every kind in an order that is the same in each run: in threads, and in children."""
import array
import os
import select
import signal
import socket
import struct
import sys
import threading


def listener():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", 0))
    server.listen(5)
    return server


def serve(connection, count):
    for number in range(count):
        data = connection.recv(64, socket.MSG_WAITALL if number % 3 == 0 else 0)
        connection.sendall(data[::-1])
    connection.shutdown(socket.SHUT_WR)
    connection.recv(10)
    connection.close()


def talk(address, count):
    client = socket.create_connection(address)
    for number in range(count):
        client.sendall(bytes([number % 256]) * 64)
        left = 64
        while left > 0:
            left -= len(client.recv(left, socket.MSG_WAITALL))
    client.recv(10)
    client.close()


def pair(count):
    server = listener()
    talker = threading.Thread(target=talk, args=(server.getsockname(), count))
    talker.start()
    connection, _ = server.accept()
    serve(connection, count)
    talker.join()
    server.close()


def datagrams():
    one, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    one.send(b"x" * 30)
    other.recv(10)
    one.send(b"")
    other.recv(10)
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind(("127.0.0.1", 0))
    udp.sendto(b"hello", udp.getsockname())
    udp.recvfrom(100)
    udp.setblocking(False)
    try:
        udp.recv(10)
    except BlockingIOError:
        pass
    udp.close()


def pieces():
    one, other = socket.socketpair()
    one.sendmsg([b"abc", b"defg"])
    other.recvmsg_into([bytearray(2), bytearray(10)])
    os.writev(one.fileno(), [b"12", b"345"])
    os.readv(other.fileno(), [bytearray(3), bytearray(9)])
    os.write(one.fileno(), b"plain")
    os.read(other.fileno(), 100)
    copy = os.dup(other.fileno())
    one.send(b"by the copy")
    os.read(copy, 100)
    os.close(copy)
    one.sendmsg([b"fd"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", [one.fileno()]))])
    _, rights, _, _ = other.recvmsg(10, socket.CMSG_LEN(4))
    os.close(array.array("i", rights[0][2])[0])
    select.select([other], [one], [], 0)
    poll = select.poll()
    poll.register(other, select.POLLIN)
    poll.poll(0)
    epoll = select.epoll()
    epoll.register(one, select.EPOLLOUT)
    epoll.poll(0)
    one.close()
    other.recv(10)
    other.close()


def interrupted():
    """A signal with SA_RESTART, and one without."""
    one, other = socket.socketpair()
    for restarts in True, False:
        signal.signal(signal.SIGALRM, lambda *_: None)
        signal.siginterrupt(signal.SIGALRM, not restarts)
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        threading.Timer(0.15, one.send, (b"woken",)).start()
        other.recv(10)
    one.close()
    other.close()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    datagrams()
    pieces()
    pair(count)
    for _ in range(3):
        if os.fork() == 0:
            pair(count)
            os._exit(0)
    for _ in range(3):
        os.wait()
    interrupted()
    try:
        socket.create_connection(("127.0.0.1", 1))
    except ConnectionRefusedError:
        pass
    sys.exit(7)


main()
