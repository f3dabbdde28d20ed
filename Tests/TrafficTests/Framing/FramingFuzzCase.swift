import Fuzzing

@testable import Traffic

/// A framing and a stream that may be anything, made from a seed: the same one each time.
struct FramingFuzzCase: CustomStringConvertible {
  var framing: Framing
  var stretches: [FramedStretch]
  var isReset: Bool
  /// For how the stretches are cut.
  var random: SplitMix

  var description: String {
    let text = stretches.map { "\($0.way) \($0.offset) after \($0.pause) \(EscapedText.literal($0.bytes))" }
    return "\(framing.text)\(isReset ? ", reset" : ""): \(text.joined(separator: "; "))"
  }

  /// Long ones would take most of the time.
  private static let cases = FramingCase.all.filter { $0.parts.allSatisfy { $0.bytes.count < 1000 } }

  /// A case of the table, mostly for its own framing, changed in some places; now and then some bytes are
  /// gone.
  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    let cases = Self.cases
    let input = cases[random.below(cases.count)]
    framing = random.below(8) == 0 ? cases[random.below(cases.count)].framing : input.framing
    isReset = random.below(4) == 0
    var shifts: [Direction: Int64] = [:]
    stretches = input.stretches.map { stretch in
      var stretch = stretch
      let length = stretch.bytes.count
      let others = cases[random.below(cases.count)].stretches
      if random.below(3) > 0 { Self.changes.change(&stretch.bytes, others[0].bytes, &random) }
      if random.below(16) == 0 {
        stretch.bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
      }
      let gone = random.below(16) == 0 ? Int64(random.below(12)) : 0
      stretch.offset += shifts[stretch.way, default: 0] + gone
      shifts[stretch.way, default: 0] += gone + Int64(stretch.bytes.count - length)
      return stretch
    }
    self.random = random
  }

  private static let changes = BrokenBytes(pieces: [
    "\r\n", "\r", "\r\n\r\n", "HTTP/1.1 200 OK\r\n", "GET / HTTP/1.1\r\n", "Content-Length: 5\r\n",
    "Transfer-Encoding: chunked\r\n", "Upgrade: websocket\r\n", "HTTP/1.1 101 S\r\n",
    "CONNECT a HTTP/1.1\r\n",
    "0\r\n\r\n", "\u{1}", "\u{7f}", "*2\r\n", "$3\r\n", "$-1\r\n", "|1\r\n", "*?\r\n", "$?\r\n", ";1\r\n",
    ".\r\n",
    "true", "null", "\\u00e9", "1e5", "[[", "]}", "9223372036854775807\r\n", "7fffffffffffffff\r\n",
  ])

  /// What does not hold; nil if all does.
  /// - Parameter cuttings: how often it is cut at random.
  func problem(cuttings: Int) -> String? {
    var random = random
    let whole = FramingRun(framing, stretches, isReset: isReset, .whole)
    let length: (Direction) -> Int64 = { way in
      stretches.last { $0.way == way && !$0.bytes.isEmpty }?.end ?? 0
    }
    for cutting in 0...cuttings {
      let cut = cutting == 0 ? FramingRun.Cut.each(1) : .random(SplitMix(state: random.next()))
      let run = FramingRun(framing, stretches, isReset: isReset, cut)
      if let problem = run.problem(length) { return problem }
      for way in Direction.allCases where run.found(way) != whole.found(way) {
        return "cut as \(cut), \(run.found(way)) are found, and whole \(whole.found(way))"
      }
    }
    return whole.problem(length)
  }
}
