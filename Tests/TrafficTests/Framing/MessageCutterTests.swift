import Fuzzing
import Testing

@testable import Traffic

@Suite("The same bytes give the same messages, whatever the pieces")
struct MessageCutterTests {
  private func check(_ input: FramingCase, _ cut: FramingRun.Cut, _ comment: String) {
    let run = FramingRun(input.framing, input.stretches, isReset: input.isReset, cut)
    for way in Direction.allCases { #expect(run.found(way) == input.expected(way), "\(comment)") }
    #expect(run.wrongTime == nil, "\(comment)")
  }

  @Test("a case whole", arguments: FramingCase.all)
  func whole(input: FramingCase) { check(input, .whole, "whole") }

  @Test("a case in pieces of one, two, three and seven bytes", arguments: FramingCase.all)
  func small(input: FramingCase) {
    for size in [1, 2, 3, 7] { check(input, .each(size), "each \(size)") }
  }

  @Test("a case in two pieces, cut at each offset", arguments: FramingCase.all)
  func pairs(input: FramingCase) {
    let longest = input.stretches.map(\.bytes.count).max() ?? 0
    for offset in Set((1..<max(2, min(longest, 120))) + [longest - 1, 4096].filter { $0 > 0 }) {
      check(input, .at(offset), "cut at \(offset)")
    }
  }

  @Test("a case cut at random", arguments: FramingCase.all)
  func random(input: FramingCase) {
    for seed in UInt64(0)..<10 { check(input, .random(SplitMix(state: seed)), "seed \(seed)") }
  }

  @Test("a case with more behind it: what is complete stays as it is", arguments: FramingCase.all)
  func trailing(input: FramingCase) {
    var whole = FramingRun.Cut.whole
    var short = FramingRun(input.framing)
    for stretch in input.stretches { short.take(stretch, &whole) }
    for more in ["\r\n", "{", "HTTP/1.1 200 OK\r\n\r\n", "\0\0\0\u{1}a"] {
      var long = FramingRun(input.framing)
      var stretches = input.stretches
      stretches[stretches.count - 1].bytes += more.utf8
      for stretch in stretches { long.take(stretch, &whole) }
      #expect(Array(long.messages.prefix(short.messages.count)) == short.messages, "\(more)")
    }
  }

  @Test("what is not complete is told with its announced end")
  func unfinished() throws {
    var cutter = MessageCutter(.length(LengthPrefix(.u8)))
    var messages: [FramedMessage] = []
    let bytes: [UInt8] = [1, 7, 5, 1, 2]
    bytes.withUnsafeBytes { cutter.take($0, .sent, at: 0, time: 9, into: &messages) }
    let open = try #require(cutter.unfinished(.sent))
    #expect(open.message.number == 2)
    #expect(open.message.range == 2..<5)
    #expect(open.message.payload == 3..<5)
    #expect(open.end == 8)
    #expect(cutter.unfinished(.received) == nil)
    #expect(cutter.position(of: .sent) == 5)
  }

  @Test("a message that is too long is told with the byte that says so")
  func tooLong() {
    var cutter = MessageCutter(.length(LengthPrefix(.u16be, maximum: 10)))
    var messages: [FramedMessage] = []
    [UInt8(0)].withUnsafeBytes { cutter.take($0, .received, at: 0, time: 1, into: &messages) }
    #expect(messages.isEmpty)
    [UInt8(200)].withUnsafeBytes { cutter.take($0, .received, at: 1, time: 2, into: &messages) }
    #expect(messages.map(\.range) == [0..<202])
    #expect(cutter.unfinished(.received) == nil)
  }

  @Test("a gap ends a message when it is over, and not only with the next byte")
  func idle() {
    var cutter = MessageCutter(.gap(100))
    var messages: [FramedMessage] = []
    [UInt8(1), 2].withUnsafeBytes { cutter.take($0, .received, at: 0, time: 50, into: &messages) }
    cutter.idle(.received, until: 149, into: &messages)
    #expect(messages.isEmpty)
    cutter.idle(.received, until: 150, into: &messages)
    #expect(messages.map(\.time) == [50])
  }

  @Test("from an offset, and from the middle of a message")
  func middle() {
    let bytes = Array("de\nf\n".utf8)
    for isBoundary in [true, false] {
      var cutter = MessageCutter(.delimiter([0x0a]), from: { _ in 3 }, isBoundary: isBoundary)
      var messages: [FramedMessage] = []
      bytes.withUnsafeBytes { cutter.take($0, .received, at: 3, time: 1, into: &messages) }
      #expect(messages.map(\.range) == [3..<6, 6..<8])
      #expect(messages.map(\.broken) == [isBoundary ? nil : .midStream, nil])
    }
    var lost = MessageCutter(.json, from: { _ in 3 }, isBoundary: false)
    var messages: [FramedMessage] = []
    bytes.withUnsafeBytes { lost.take($0, .received, at: 3, time: 1, into: &messages) }
    lost.end(.received, isClean: true, into: &messages)
    #expect(messages.map(\.kind) == [.rest])
    #expect(messages.map(\.broken) == [.midStream])
  }

  @Test(
    "what never ends is not kept",
    arguments: [
      ("newline", "", "a"), ("delimiter 'aab'", "", "a"), ("slip", "", "a"), ("cobs", "", "\u{5}"),
      ("gap 1s", "", "a"), ("length:text", "", "0"), ("length:u8@65535", "", "a"), ("varint@65535", "", "a"),
      ("json", "", "["), ("json", "", "{\"a\":"), ("json", "\"", "a"), ("json", "", "1"), ("json", "", "1 "),
      ("resp", "", "*1\r\n"), ("resp", "", "a"), ("resp", "+", "a"), ("resp", "*", "0"),
      ("resp", "$?\r\n", ";1\r\na\r\n"), ("resp", "", "|1\r\n"), ("http", "", "a"),
      ("http", "", "GET / HTTP/1.1\r\n\r\n"), ("http", "", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
      ("http", "GET / HTTP/1.1\r\n", "a: b\r\n"), ("http", "GET / HTTP/1.1\r\na: ", "b"),
      ("http", "GET / HTTP/1.1\r\nContent-Length: ", "1"),
      ("http", "GET / HTTP/1.1\r\nUpgrade: ", " \r\n a,"),
      ("http", "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\na\r\n"),
      ("http", "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;", "a"), ("websocket", "", "\u{1}\0"),
      ("tls", "", "\u{16}\u{3}\u{1}\0\u{1}a"), ("mqtt", "", "0\u{7f}"), ("modbus", "", "\0"),
    ])
  func memory(framing: String, beginning: String, unit: String) throws {
    var cutter = MessageCutter(try Framing(parsing: framing))
    var messages: [FramedMessage] = []
    let more = String(repeating: unit, count: 10_000 / unit.utf8.count)
    var offset: Int64 = 0
    for piece in [beginning] + [String](repeating: more, count: 40) {
      Array(piece.utf8).withUnsafeBytes { cutter.take($0, .sent, at: offset, time: 0, into: &messages) }
      offset += Int64(piece.utf8.count)
      messages = []
      #expect(Self.held(cutter) < 140_000)
    }
  }

  /// Elements of all arrays in a value.
  private static func held(_ value: Any) -> Int {
    let mirror = Mirror(reflecting: value)
    if mirror.displayStyle == .collection { return mirror.children.count }
    return mirror.children.reduce(0) { $0 + held($1.value) }
  }
}
