"""Servers that break where their input is cut: broken.py MODE PORT.

Each mode has one mistake that real parsers had. Above its function stand the message that it is
tried with, the right answer, the offsets that it breaks at (a part ends before that byte), and what
it does there. At every other offset it answers as it does to the uncut message.
One connection after another; the server closes a connection once it has answered all of it.
"""
import json
import signal
import socket
import sys

MODES = {}


def mode(name):
  def add(serve):
    MODES[name] = serve
    return serve
  return add


class Ended(Exception):
  """The client ended its side before its message was whole."""


class Connection:
  def __init__(self, sock):
    self.sock, self.buffer = sock, b""

  def chunk(self):
    """What one recv gives."""
    chunk = self.sock.recv(4096)
    if not chunk:
      raise Ended
    return chunk

  def fill(self, count):
    """The first bytes, however they come; this is right."""
    while len(self.buffer) < count:
      self.buffer += self.chunk()

  def take(self, count):
    self.fill(count)
    taken, self.buffer = self.buffer[:count], self.buffer[count:]
    return taken

  def line(self):
    """A line without its CR LF, however it comes; this is right."""
    while b"\r\n" not in self.buffer:
      self.buffer += self.chunk()
    line, _, self.buffer = self.buffer.partition(b"\r\n")
    return line

  def say(self, text):
    self.sock.sendall(text.encode() + b"\n")


# "GET a\r\nHost: b\r\nLength: 2\r\n\r\nhi": "200 hi". Bad: 6, 15, 26, 28, each between CR and LF.
# A CR at a chunk's end is a whole line end to it, and the LF that comes next an empty line.
@mode("crlf-early")
def crlf_early(c):
  lines, headers = [], None
  while headers is None:
    c.buffer += c.chunk()
    while b"\r\n" in c.buffer or c.buffer.endswith(b"\r") or c.buffer.startswith(b"\n"):
      if c.buffer.startswith(b"\n"):
        line, c.buffer = b"", c.buffer[1:]
      elif b"\r\n" in c.buffer:
        line, _, c.buffer = c.buffer.partition(b"\r\n")
      else:
        line, c.buffer = c.buffer[:-1], b""
      if not line:
        headers = dict(line.split(b": ", 1) for line in lines[1:])
        break
      lines.append(line)
  if b"Host" not in headers or b"Length" not in headers:
    return c.say("400 a header is missing")
  c.say("200 " + c.take(int(headers[b"Length"])).decode())


# "PING hello\r\n": "hello". Bad: 11, where it waits for ever.
# It looks for CR LF in each chunk by itself.
@mode("crlf-lost")
def crlf_lost(c):
  while True:
    chunk = c.chunk()
    c.buffer += chunk
    if b"\r\n" in chunk:
      return c.say(c.buffer[5:].strip().decode())


# "-ERR disk full\r\n": "failed: ERR disk full". Bad: 1, "succeeded: ERR disk full".
# It looks at the type byte only when something came with it.
@mode("type-byte")
def type_byte(c):
  first = c.chunk()
  c.buffer = first
  failed = len(first) > 1 and first[:1] == b"-"
  c.say(("failed: " if failed else "succeeded: ") + c.line()[1:].decode())


# 0x308201 + "a"*130: "130 bytes". Bad: 2, "2 bytes".
# A varint (MQTT's remaining length) ends for it where the bytes end.
@mode("varint")
def varint(c):
  c.fill(2)
  length, shift, place = 0, 0, 1
  while place < len(c.buffer):
    byte = c.buffer[place]
    length, shift, place = length | (byte & 0x7f) << shift, shift + 7, place + 1
    if byte < 0x80:
      break
  c.take(place)
  c.say("%d bytes" % len(c.take(length)))


# 0x81fe0082 + 0x00000000 + "a"*130: "130 bytes". Bad: 2, 3, "0 bytes".
# WebSocket: the two bytes of the extended length are read when the first two bytes of the frame are there.
@mode("websocket-length")
def websocket_length(c):
  c.fill(2)
  length = c.buffer[1] & 0x7f
  header = 2
  if length == 126:
    length, header = int.from_bytes(c.buffer[2:4], "big"), 4
  c.take(header + 4)
  c.say("%d bytes" % len(c.take(length)))


# 0x8185 + 0x37fa213d + 0x7f9f4d5158: "Hello". Bad: 3, 4, 5, another text.
# WebSocket: the mask key is taken when its first byte is there, and filled up with zeros.
@mode("mask-key")
def mask_key(c):
  c.fill(3)
  length, key = c.buffer[1] & 0x7f, c.buffer[2:6].ljust(4, b"\0")
  c.take(6)
  text = bytes(byte ^ key[place % 4] for place, byte in enumerate(c.take(length)))
  c.say(text.decode("latin-1"))


def chunked_head(c):
  """The request's head, however it comes."""
  while c.line():
    pass


# "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" (56 bytes)
# + "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n": "26 bytes". Bad: 57, "400 bad chunk".
# The digits of a chunk's size that are there are its size.
@mode("chunk-size")
def chunk_size(c):
  chunked_head(c)
  total = 0
  while True:
    c.fill(1)
    digits = c.buffer.partition(b"\r\n")[0].strip(b"\r")
    size = int(digits, 16)
    c.take(len(digits))
    if c.take(2) != b"\r\n":
      return c.say("400 bad chunk")
    c.take(size)
    if c.take(2) != b"\r\n":
      return c.say("400 bad chunk")
    total += size
    if size == 0:
      return c.say("%d bytes" % total)


# The same message and answer. Bad: 86, 87, "400 bad chunk".
# The CR LF behind a chunk's data is passed over only if it is there already.
@mode("chunk-crlf")
def chunk_crlf(c):
  chunked_head(c)
  total = 0
  while True:
    line = c.line()
    if not line:
      return c.say("400 bad chunk")
    size = int(line, 16)
    if size == 0:
      c.line()
      return c.say("%d bytes" % total)
    c.take(size)
    if c.buffer.startswith(b"\r\n"):
      c.take(2)
    total += size


def request(c, is_wrong):
  """A GET's head; `is_wrong` is asked about what is there, after each chunk."""
  while b"\r\n\r\n" not in c.buffer:
    c.buffer += c.chunk()
    if is_wrong(c.buffer):
      return c.sock.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
  c.sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi")


# "GET /a HTTP/1.1\r\nHost: b\r\n\r\n": 200. Bad: 1, 2, 3, a 400.
# What does not begin with a method and a blank is no request.
@mode("method")
def method(c):
  request(c, lambda head: not head.startswith((b"GET ", b"POST ")))


# The same message and answer. Bad: 1 to 14, a 400.
# The request line is split before its end is there.
@mode("request-line")
def request_line(c):
  def is_wrong(head):
    words = head.partition(b"\r\n")[0].strip(b"\r").split(b" ")
    return len(words) != 3 or words[2] != b"HTTP/1.1"
  request(c, is_wrong)


# The same message and answer. Bad: 18, 19, 20, 21, a 400.
# A header without a colon is wrong, even where its end is not there yet.
@mode("header-name")
def header_name(c):
  request(c, lambda head: any(line.strip(b"\r") and b":" not in line for line in head.split(b"\r\n")[1:]))


# Two requests of Modbus/TCP, 0x000100000006 + 0x010300000001 and 0x000200000006 + 0x010300010001: two
# answers. Bad: 13 to 23: the second is never answered.
# It answers every request that is there, and forgets what stands behind the last whole one.
@mode("two-in-one")
def two_in_one(c):
  answered = 0
  while answered < 2:
    c.buffer += c.chunk()
    if len(c.buffer) < 12:
      continue
    while len(c.buffer) >= 12:
      request = c.take(12)
      c.sock.sendall(request[:4] + bytes([0, 5]) + request[6:8] + bytes([2]) + request[8:10])
      answered += 1
    c.buffer = b""


# "one\r\ntwo\r\n": "one" only, for even uncut the second is lost. Bad: 5, where both are answered; 6, 7 and 8,
# where the second is answered in part; and 9, where an empty line is.
# What stands behind a line in the same recv is forgotten. It never closes first.
@mode("one-recv")
def one_recv(c):
  while True:
    c.buffer += c.chunk()
    if b"\n" in c.buffer:
      c.say(c.buffer.partition(b"\n")[0].strip().decode())
      c.buffer = b""


# "gr\u{fc}\u{df}e \u{20ac}\n": the same text. Bad: 3, 5, 9, 10, with U+FFFD in it.
# Each chunk is decoded by itself.
@mode("utf-8")
def utf_8(c):
  text = ""
  while not text.endswith("\n"):
    text += c.chunk().decode(errors="replace")
  c.say(text.strip())


# '{"word": [1, 2]}': "[1, 2]". Bad: 1 to 15, "400 this is no JSON".
# What cannot be read yet is wrong for good.
@mode("malformed")
def malformed(c):
  try:
    c.say(str(json.loads(c.chunk())["word"]))
  except ValueError:
    c.say("400 this is no JSON")


def main():
  # An interrupt ends it without a word.
  signal.signal(signal.SIGINT, signal.SIG_DFL)
  serve = MODES[sys.argv[1]]
  server = socket.create_server(("127.0.0.1", int(sys.argv[2])))
  while True:
    sock = server.accept()[0]
    with sock:
      try:
        serve(Connection(sock))
      # What is no message at all ends its connection, and not the server.
      except (Ended, ConnectionError, ValueError):
        pass


main()
