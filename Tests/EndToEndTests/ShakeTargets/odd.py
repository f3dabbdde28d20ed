"""Servers that look broken and are right, or are broken in a way of their own: odd.py MODE PORT.

Where nothing else is said the message is "hello world\n" and the answer "HELLO WORLD\n", as soon as the
line is there and however it was cut; one connection after another; the server closes once it has answered.
"""
import os
import signal
import socket
import sys
import threading
import time

MODES = {}
kept = []
connections = 0


def mode(name):
  def add(run):
    MODES[name] = run
    return run
  return add


def line(sock, size=4096, first=lambda chunk: None):
  """A line, however it comes; `first` sees what the first recv gave. Empty if the client ends before."""
  text = b""
  while not text.endswith(b"\n"):
    chunk = sock.recv(size)
    if not chunk:
      return b""
    if not text:
      first(chunk)
    text += chunk
  return text


def answer(sock, **options):
  sock.sendall(line(sock, **options).upper())


def each(serve):
  """A mode whose function serves one connection."""
  def run(port):
    server = listen(port)
    while True:
      sock = server.accept()[0]
      with sock:
        try:
          serve(sock)
        except ConnectionError:
          pass
  return run


def listen(port):
  return socket.create_server(("127.0.0.1", port), backlog=64)


# Right. It never closes, even when the client has.
@mode("never-closes")
@each
def never_closes(sock):
  answer(sock)
  # Of descriptors there are not endless many either.
  kept.append(socket.socket(fileno=sock.detach()))
  if len(kept) > 500:
    kept.pop(0).close()


# Every fiftieth connection gets another answer, whatever the cut: unstable, not found.
# Message: "x"*60+"\n", long enough for one such connection and too short for two.
@mode("one-in-fifty")
@each
def one_in_fifty(sock):
  global connections
  connections += 1
  if connections % 50:
    answer(sock)
  else:
    line(sock)
    sock.sendall(b"sorry\n")


# Each answer differs from the one before: there is nothing to compare with, unless numbers are ignored.
@mode("counts")
@each
def counts(sock):
  global connections
  connections += 1
  line(sock)
  sock.sendall(b"request %d\n" % connections)


# Right. It answers each piece with that piece: the answer is the same, and begins before the message is whole.
@mode("echo")
@each
def echo(sock):
  while chunk := sock.recv(4096):
    sock.sendall(chunk.upper())
    if chunk.endswith(b"\n"):
      break


# Right. It says "100 go on" as soon as the first bytes are there and "200 HELLO WORLD" when all are.
@mode("acknowledges")
@each
def acknowledges(sock):
  text = line(sock, first=lambda chunk: sock.sendall(b"100 go on\n"))
  sock.sendall(b"200 " + text.upper())


# Right, and cannot be proven but at 4: it asks with MSG_WAITALL for four bytes of a length, then for so many.
# Message: 0x00000005 + "hello"; answer "HELLO".
@mode("waitall")
@each
def waitall(sock):
  length = int.from_bytes(sock.recv(4, socket.MSG_WAITALL), "big")
  sock.sendall(sock.recv(length, socket.MSG_WAITALL).upper())


# Right. It reads byte by byte.
@mode("bytewise")
@each
def bytewise(sock):
  answer(sock, size=1)


# Right. A thread for each connection.
@mode("threads")
def threads(port):
  def serve(sock):
    with sock:
      try:
        answer(sock)
      except ConnectionError:
        pass
  server = listen(port)
  while True:
    threading.Thread(target=serve, args=server.accept()[:1], daemon=True).start()


# A process for each connection. Bad: 3, where that process dies by SIGSEGV; the server goes on.
@mode("forks")
def forks(port):
  # Nobody asks how its children ended.
  signal.signal(signal.SIGCHLD, signal.SIG_IGN)
  server = listen(port)
  while True:
    sock = server.accept()[0]
    if os.fork() == 0:
      server.close()
      answer(sock, first=lambda chunk: dies(chunk, signal.SIGSEGV))
      os._exit(0)
    sock.close()


# Bad: 3, where the whole server dies by SIGABRT.
@mode("aborts")
@each
def aborts(sock):
  answer(sock, first=lambda chunk: dies(chunk, signal.SIGABRT))


def dies(chunk, by):
  if len(chunk) == 3:
    signal.signal(by, signal.SIG_DFL)
    os.kill(os.getpid(), by)


# Bad: 3, where it closes without an answer: a FIN.
@mode("closes")
@each
def closes(sock):
  first = sock.recv(4096)
  if len(first) == 3:
    # A close(2) that leaves bytes unread would send an RST.
    sock.shutdown(socket.SHUT_WR)
    while sock.recv(4096):
      pass
    return
  sock.sendall((first if first.endswith(b"\n") else first + line(sock)).upper())


# Bad: 3, where it closes without an answer, by an RST.
@mode("resets")
@each
def resets(sock):
  def reset(chunk):
    if len(chunk) == 3:
      # SO_LINGER of 0 s.
      sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
      sock.close()
      raise ConnectionError
  answer(sock, first=reset)


# Right, for one connection: then it exits with status 0.
@mode("once")
def once(port):
  sock = listen(port).accept()[0]
  answer(sock)
  sock.close()


# Never answers, and never closes first: even the uncut message gets nothing.
@mode("mute")
@each
def mute(sock):
  while sock.recv(4096):
    pass


# The answer has no end.
@mode("endless")
@each
def endless(sock):
  line(sock)
  while True:
    sock.sendall(b"and so on\n" * 1000)


# Never listens.
@mode("sleeps")
def sleeps(port):
  while True:
    time.sleep(60)


# Ends at once with status 3, and says why on standard error.
@mode("dies")
def dies_at_once(port):
  print("odd.py: no configuration was found", file=sys.stderr)
  sys.exit(3)


# A server for datagrams.
@mode("udp")
def udp(port):
  sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
  sock.bind(("127.0.0.1", port))
  while True:
    data, peer = sock.recvfrom(65536)
    sock.sendto(data.upper(), peer)


def main():
  # An interrupt ends it without a word.
  signal.signal(signal.SIGINT, signal.SIG_DFL)
  try:
    MODES[sys.argv[1]](int(sys.argv[2]))
  except OSError as error:
    sys.exit("odd.py: %s" % error.strerror)


main()
