import Testing

@testable import Traffic

/// The same few thousand broken inputs in each run: no input may trap, and what parses must survive its printer.
@Suite struct FuzzTests {
  private static let corpus = [
    "listen 0 --as server --recv 10 --mode select --flags peek,waitall --timeout 50ms --linger 0s --nodelay off",
    "listen \"./my s\" --seqpacket --backlog=5 --accept manual --at-end close # x",
    "connect [::1]:9000 --udp --pace 1.5s",
    "send c \"12345\" 100ms \"a\"*50 0x0d0a <de ad> @file zeros(4k)/64 gap 2ms within 1ms",
    #"send c ("a%{n}\u{e9}\x00" 10ms)*3 every 100ms at 1s {"b"+random(9, 7)*2}*3 oob "!" cork shutdown close"#,
    "expect s.1 recv 5 10|0 ECONNRESET …",
    "expect s data count(300)+\"%{crc32:le}%{len}\"",
    "expect c peer host:80",
    "wait s.1 bytes 10M within 2m",
    "set s --recv 1M --timeout off",
    "on s /(GET|POST) [^ ]{1,9}\\r\\n+/ send 5ms \"%{rand:4} %{time}\"",
    "recv s 10 oob,dontwait",
    "send u to [::1]:9000 \"a\"*2 1ms",
    "epoll s.1 within 10ms",
    "expect s.1 ready readable exceptional",
    "set u --leave 239.1.2.3 --gso off --broadcast=on --peek-off 0",
    "mark a \"text\" # b",
  ]

  private static let pieces: [[UInt8]] = [
    "\"", "\\", "(", ")", "*", "+", "/", "{", "}", "<", ">", "@", "%{", "0x", "…", "é", "\u{202e}", "#", "\n",
    "\0", "--",
    " ", "9", "99999999999999999999", "0", "-1", ".", "..", ":", "|", ",", "ms", "h", " every ", " gap ",
    " at ", "[", "]",
    "\\x", "\\u{", "1000h", "*2147483647", "G",
  ].map { Array($0.utf8) }

  private static func mutated(_ text: String, _ source: inout MadeUpBytes) -> String {
    var bytes = Array(text.utf8)
    for _ in 0...source.next() % 4 {
      let place = Int(source.next() % UInt64(bytes.count + 1))
      let length = min(Int(source.next() % 6), bytes.count - place)
      switch source.next() % 5 {
      case 0: bytes.removeSubrange(place..<place + length)
      case 1: bytes.insert(contentsOf: pieces[Int(source.next() % UInt64(pieces.count))], at: place)
      case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: source.next()) }
      case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
      default:
        bytes.replaceSubrange(place..<place + length, with: pieces[Int(source.next() % UInt64(pieces.count))])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("a broken line is an error with a place, or a command", arguments: UInt64(0)..<8)
  func survivesLines(seed: UInt64) {
    var source = MadeUpBytes(seed: seed)
    for _ in 0..<800 {
      let line = Self.mutated(Self.corpus[Int(source.next() % UInt64(Self.corpus.count))], &source)
      do throws(SyntaxError) {
        try Self.check(try Command(parsing: line), line)
        _ = try Command(parsing: line.split(separator: " ").map(String.init))
      } catch {
        #expect(error.line >= 1 && error.column >= 1 && error.column <= error.source.count + 1, "\(line)")
        #expect(!error.message.isEmpty)
        #expect(error.rendered(in: "a.lab").hasSuffix("^\n"))
      }
      _ = try? Lab(parsing: line + "\n" + line)
      _ = try? AddressText(parsing: line)
    }
  }

  private static func check(_ command: Command, _ line: String) throws(SyntaxError) {
    switch command {
    case .send(_, let burst), .expect(_, .data(let burst)): try check(burst)
    case .on(_, let rule):
      try check(rule.burst)
      var matcher = PatternMatcher(rule.pattern)
      _ = matcher.search(Array(line.utf8))
    case .sendTo(_, let address, let burst):
      #expect(try AddressText(parsing: address.text) == address)
      try check(burst)
    case .listen(let address, _), .connect(let address, _), .expect(_, .local(let address)),
      .expect(_, .peer(let address)):
      #expect(try AddressText(parsing: address.text) == address)
    case .expect, .ask, .recv, .accept, .set, .suspend, .resume, .shutdown, .close, .pause, .wait, .mark, .define:
      break
    }
  }

  private static func check(_ burst: Burst) throws(SyntaxError) {
    #expect(try Burst(parsing: burst.text) == burst, "\(burst.text)")
    guard let summary = try? burst.summary else {
      Issue.record("a burst that parses has a summary: \(burst.text)")
      return
    }
    #expect(!summary.text.isEmpty)
    guard summary.measure.bytes < 1 << 20, var schedule = try? BurstSchedule(burst, file: { _ in [1, 2, 3] })
    else {
      return
    }
    for _ in 0..<50 where schedule.next() == nil { break }
  }
}
