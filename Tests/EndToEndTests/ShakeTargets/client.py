"""A client that reads one reply: client.py MODE PORT. Reply: "5 hello\n", a length, a blank, the text, a newline.

Prints "good" and exits with 0 if the text is "hello", else "bad" and 1.
right     however it is cut.
one-recv  bad: 3 to 7, for it calls recv once for the text if none of it is there yet, and takes what it has.
"""
import signal
import socket
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)
sock = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
sock.sendall(b"text?\n")
reply = b""


def more():
  chunk = sock.recv(4096)
  if not chunk:
    print("bad")
    sys.exit(1)
  return chunk


while b" " not in reply:
  reply += more()
length, _, text = reply.partition(b" ")
if sys.argv[1] == "right":
  while len(text) < int(length) + 1:
    text += more()
elif not text:
  text = more()
good = text == b"hello\n"
print("good" if good else "bad")
sys.exit(0 if good else 1)
