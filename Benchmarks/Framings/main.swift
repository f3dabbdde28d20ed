// Cuts streams that lie in memory into messages, and prints of each how long its messages are and how many bytes
// a second of processor time that makes: `NAME BYTES BYTES-A-SECOND`; of the names in the arguments, or of all.
// What there is beyond the framing, a journal and its records, is measured elsewhere.

import Glibc
import Traffic

/// A stream that a framing is to cut.
struct Stream {
  let name: String
  let framing: Framing
  let message: [UInt8]

  init(_ name: String, _ framing: String, _ message: [UInt8]) throws {
    (self.name, self.framing, self.message) = (name, try Framing(parsing: framing), message)
  }
}

func text(_ text: String, _ size: Int) -> [UInt8] { Array(text.utf8) + Array(repeating: 0x61, count: size) }

let response =
  "HTTP/1.1 200 OK\r\nServer: nginx\r\nDate: Thu, 26 Nov 2026 17:00:00 GMT\r\nContent-Type: text/plain\r\n"
let streams = [
  try Stream("fixed", "fixed 16", text("", 16)), try Stream("fixed", "fixed 64", text("", 64)),
  try Stream("length-prefix", "length:u16be", text("\0\u{e}", 14)),
  try Stream("length-prefix", "length:u16be", text("\0\u{3e}", 62)),
  try Stream("length-prefix", "length:u32le@4+8", text("head\u{38}\0\0\0", 56)),
  try Stream("varint", "varint", text("\u{3f}", 63)),
  try Stream("newline", "newline", text("", 63) + [10]), try Stream("crlf", "crlf", text("", 62) + [13, 10]),
  try Stream(
    "http-request", "http",
    Array("GET /page HTTP/1.1\r\nHost: example\r\nAccept: */*\r\nUser-Agent: curl/7.88.1\r\n\r\n".utf8)),
  try Stream("http-response", "http", text(response + "Content-Length: 1024\r\n\r\n", 1024)),
  try Stream(
    "http-chunked", "http",
    text(response + "Transfer-Encoding: chunked\r\n\r\n400\r\n", 1024) + text("\r\n0\r\n\r\n", 0)),
  try Stream(
    "json", "json", Array("{\"id\": 12345, \"name\": \"a name\", \"values\": [1, 2.5, true, null]}".utf8)),
  try Stream("tls", "tls", [23, 3, 3, 0x04, 0] + text("", 1024)),
  try Stream("websocket", "websocket", [0x82, 0x3e] + text("", 62)),
  try Stream(
    "resp", "resp", Array("*3\r\n$3\r\nSET\r\n$7\r\nkey:123\r\n$24\r\nabcdefghijklmnopqrstuvwx\r\n".utf8)),
  try Stream("modbus", "modbus", [0, 1, 0, 0, 0, 6, 1, 3, 0, 107, 0, 3]),
  try Stream("mqtt", "mqtt", [0x30, 62, 0, 3] + text("a/b", 57)),
  try Stream("slip", "slip", text("", 63) + [0xc0]), try Stream("cobs", "cobs", [63] + text("", 62) + [0]),
]

/// Of this thread: what others do meanwhile is not counted.
func processorTime() -> Duration {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
}

let total = 64 << 20
/// What one recv() returns at most.
let piece = 65_536
let rounds = 5

let names = CommandLine.arguments.dropFirst()

for stream in streams where names.isEmpty || names.contains(stream.name) {
  let size = stream.message.count
  let count = total / size
  var bytes: [UInt8] = []
  bytes.reserveCapacity(count * size)
  for _ in 0..<count { bytes += stream.message }
  var times: [Duration] = []
  for _ in 0..<rounds {
    var cutter = MessageCutter(stream.framing)
    var messages: [FramedMessage] = []
    var found = 0
    let start = processorTime()
    bytes.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: piece) {
        messages.removeAll(keepingCapacity: true)
        cutter.take(
          UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + piece, bytes.count)]), .received,
          at: Int64(start), time: Int64(start), into: &messages)
        found += messages.count
      }
    }
    times.append(processorTime() - start)
    guard found == count || found == count - 1, messages.allSatisfy({ $0.broken == nil }) else {
      fatalError("\(stream.name): \(found) of \(count) messages")
    }
  }
  let median = times.sorted()[rounds / 2]
  print(stream.name, size, Int(Double(bytes.count) / (median / .seconds(1))))
}
