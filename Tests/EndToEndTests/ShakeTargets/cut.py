"""Sends a message to a server of this machine, whole and cut, with nothing of recvscope in it.

cut.py PORT MESSAGE ANSWER OFFSETS BAD QUIET, both texts in hex, both lists with commas or "-", and how many seconds of
silence end what comes at an offset of BAD. Prints the offsets of OFFSETS at which the answer is not ANSWER, each with how it ended and what came, in hex; "whole" stands for the uncut message.
The second part is sent when the server has taken the first out of its socket's queue. Where an offset of BAD is
answered rightly the parts may have come together even so, and it is tried again.
"""
import socket
import sys
import time

port = int(sys.argv[1])
message, answer = bytes.fromhex(sys.argv[2]), bytes.fromhex(sys.argv[3])
offsets, bad = ([int(word) for word in text.split(",")] if text != "-" else [] for text in sys.argv[4:6])
quiet = float(sys.argv[6])


def rows():
  with open("/proc/net/tcp") as table:
    for row in table.readlines()[1:]:
      words = row.split()
      yield int(words[1].split(":")[1], 16), int(words[2].split(":")[1], 16), words[3], words[4]


def wait(is_so):
  end = time.monotonic() + 20
  while not is_so():
    if time.monotonic() > end:
      sys.exit("cut.py: waited 20 s in vain")
    time.sleep(0.0005)


def is_taken(sock):
  """True if the server's end is gone, or nothing lies in its receive queue."""
  own = sock.getsockname()[1]
  return all(queues.endswith(":00000000") for local, peer, _, queues in rows() if (local, peer) == (port, own))


def run(offset):
  """What came, and how it ended: "open", "closed", "reset"."""
  came = b""
  with socket.create_connection(("127.0.0.1", port)) as sock:
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
      if offset:
        sock.sendall(message[:offset])
        wait(lambda: is_taken(sock))
      sock.sendall(message[offset:])
    except ConnectionResetError:
      return came, "reset"
    except ConnectionError:
      pass
    # What is right and whole is waited for longer than what does not come.
    end = time.monotonic() + (quiet if offset in bad else 10)
    while came != answer or offset in bad:
      sock.settimeout(max(0.001, end - time.monotonic()))
      try:
        chunk = sock.recv(65536)
      except TimeoutError:
        return came, "open"
      except ConnectionError:
        return came, "reset"
      if not chunk:
        return came, "closed"
      came += chunk
  return came, "open"


def tell(offset, name):
  for _ in range(5):
    came, end = run(offset)
    if came != answer or offset not in bad:
      break
  if came != answer:
    print(name, end, came.hex() or "-", flush=True)


wait(lambda: any(local == port and state == "0A" for local, _, state, _ in rows()))
tell(0, "whole")
for offset in offsets:
  tell(offset, offset)
