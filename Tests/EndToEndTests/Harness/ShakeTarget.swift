import Foundation
import Testing
import Traffic

/// A small program of `ShakeTargets/`, the message that it is shaken with, and what has to be found.
struct ShakeTarget: Sendable, CustomTestStringConvertible {
  /// Its mode, or the name of its C source.
  let name: String
  /// The script in `ShakeTargets/`; nil where `name.c` is compiled.
  let script: String?
  /// A burst of one send.
  let message: String
  /// The answer to the uncut message, a burst of one send; it is that of every cut that is not in `bad`.
  let answer: String
  /// The framing whose tokens name the places; nil without one.
  let framing: String?
  /// A part ends before each of these bytes, and `verdict` is what that comes to.
  let bad: [Int]
  let verdict: CutVerdict

  init(
    _ name: String, script: String? = "broken.py", _ message: String, _ answer: String,
    framing: String? = nil, bad: [Int], _ verdict: CutVerdict = .different
  ) {
    (self.name, self.script, self.message, self.answer) = (name, script, message, answer)
    (self.framing, self.bad, self.verdict) = (framing, bad, verdict)
  }

  var testDescription: String { name }

  static let folder = Program.tree + "/Tests/EndToEndTests/ShakeTargets"

  /// The command that listens at a port of 127.0.0.1; a C source is compiled into the folder first.
  func command(port: Int = 0, in scratch: Scratch) throws -> [String] {
    if let script { return ["python3", "\(Self.folder)/\(script)", name, "\(port)"] }
    let program = "\(scratch.path)/\(name)"
    let made = try Child(
      ["cc", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, "\(Self.folder)/\(name).c"]
    ).wait()
    guard made.exitCode == 0 else { throw HarnessError("cc \(name).c: \(made.errorText)") }
    return [program, "\(port)"]
  }

  /// The bytes of a burst of one send.
  static func bytes(of burst: String) throws -> [UInt8] {
    var bytes: [UInt8] = []
    let noFile: (String) throws -> [UInt8] = { throw HarnessError("no file: \($0)") }
    for action in try BurstSchedule(Burst(parsing: burst), file: noFile) {
      if case .send(let sent) = action.action { bytes += sent }
    }
    return bytes
  }

  // MARK: Tables

  private static let get = #""GET /a HTTP/1.1\r\nHost: b\r\n\r\n""#
  private static let got = #""HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi""#
  private static let chunked =
    #""POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\n"#
    + #"abcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n""#

  /// One for each kind of place where real parsers broke.
  static let broken = [
    ShakeTarget(
      "crlf-early", #""GET a\r\nHost: b\r\nLength: 2\r\n\r\nhi""#, #""200 hi\n""#, bad: [6, 15, 26, 28]),
    ShakeTarget("crlf-lost", #""PING hello\r\n""#, #""hello\n""#, framing: "crlf", bad: [11], .silent),
    ShakeTarget(
      "type-byte", #""-ERR disk full\r\n""#, #""failed: ERR disk full\n""#, framing: "resp", bad: [1]),
    ShakeTarget("varint", #"0x308201+"a"*130"#, #""130 bytes\n""#, framing: "mqtt", bad: [2]),
    ShakeTarget(
      "websocket-length", #"0x81fe008200000000+"a"*130"#, #""130 bytes\n""#, framing: "websocket",
      bad: [2, 3]),
    ShakeTarget(
      "mask-key", "0x818537fa213d7f9f4d5158", #""Hello\n""#, framing: "websocket", bad: [3, 4, 5]),
    ShakeTarget("chunk-size", chunked, #""26 bytes\n""#, framing: "http", bad: [57]),
    ShakeTarget("chunk-crlf", chunked, #""26 bytes\n""#, framing: "http", bad: [86, 87]),
    ShakeTarget("method", get, got, framing: "http", bad: [1, 2, 3]),
    ShakeTarget("request-line", get, got, framing: "http", bad: Array(1...14)),
    ShakeTarget("header-name", get, got, framing: "http", bad: Array(18...21)),
    ShakeTarget(
      "two-in-one", "0x000100000006010300000001000200000006010300010001",
      "0x00010000000501030200000002000000050103020001", framing: "modbus", bad: Array(13...23)),
    ShakeTarget("one-recv", #""one\r\ntwo\r\n""#, #""one\n""#, framing: "crlf", bad: Array(5...9)),
    ShakeTarget(
      "utf-8", #""gr\u{fc}\u{df}e \u{20ac}\n""#, #""gr\u{fc}\u{df}e \u{20ac}\n""#, bad: [3, 5, 9, 10]),
    ShakeTarget(
      "malformed", #"'{"word": [1, 2]}'"#, #""[1, 2]\n""#, framing: "json", bad: Array(1...15)),
    ShakeTarget(
      "broken", script: nil, #"0x00000005+"hello""#, #""hello\n""#, framing: "length:u32be", bad: [1, 2, 3]),
  ]

  private static func odd(
    _ name: String, script: String? = "odd.py", _ message: String = #""hello world\n""#,
    _ answer: String = #""HELLO WORLD\n""#, bad: [Int] = [], _ verdict: CutVerdict = .different
  ) -> ShakeTarget {
    ShakeTarget(name, script: script, message, answer, bad: bad, verdict)
  }

  /// Right ones that are easily called wrong, and those whose end is a fact of its own.
  static let odd = [
    odd("never-closes"), odd("echo"), odd("bytewise"), odd("threads"),
    odd("acknowledges", #""hello world\n""#, #""100 go on\n200 HELLO WORLD\n""#),
    odd(
      "waitall", #"0x00000005+"hello""#, #""HELLO""#, bad: [1, 2, 3, 5, 6, 7, 8], .unproven),
    odd("uring", script: nil, bad: Array(1...11), .unproven),
    odd("closes", bad: [3], .closed), odd("resets", bad: [3], .reset),
    odd("forks", bad: [3], .crash), odd("aborts", bad: [3], .crash),
    // The fiftieth connection: the 47th cut behind three uncut messages, one after another.
    odd("one-in-fifty", #""x"*60+"\n""#, #""X"*60+"\n""#, bad: [47], .unstable),
    // For one connection only: it has to be started again for the next.
    odd("once"),
  ]

  /// Programs that nothing can be found out about, by their mode of odd.py, and why. The uncut message fails.
  static let hopeless = [
    (mode: "counts", why: "each answer differs from the one before"),
    (mode: "mute", why: "it never answers"),
    (mode: "endless", why: "its answer has no end"),
    (mode: "sleeps", why: "it never listens"),
    (mode: "dies", why: "it ends with status 3 and a line on standard error"),
    (mode: "udp", why: "it has a datagram socket, and a datagram cannot be cut"),
  ]
}
