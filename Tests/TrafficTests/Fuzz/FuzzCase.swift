import Fuzzing

@testable import Traffic

/// One input of the parsers, made from a seed: the same one each time.
struct FuzzCase: CustomStringConvertible {
  enum Kind: String { case burst, line, filter }

  var kind: Kind
  var bytes: [UInt8]

  /// With U+FFFD for what is no UTF-8.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  var description: String { "\(kind.rawValue) \(CorpusLine.text(bytes))" }

  /// Every case of the corpus: `bursts.corpus`, `lines.corpus` and `filters.corpus` beside this file.
  static let corpus = cases("bursts", .burst) + cases("lines", .line) + cases("filters", .filter)

  private static func cases(_ name: String, _ kind: Kind) -> [FuzzCase] {
    CorpusLine.inputs(name, beside: #filePath).map { FuzzCase(kind: kind, bytes: $0) }
  }

  private init(kind: Kind, bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// A case of the corpus or a made-up burst, changed in up to eight places.
  init(seed: UInt64) {
    var random = SplitMix(state: seed)
    self = Self.corpus[random.below(Self.corpus.count)]
    if kind == .burst, random.below(3) == 0 {
      var generator = BurstGenerator(seed: random.next())
      bytes = Array(generator.burst().text.utf8)
    }
    let other = Self.corpus[random.below(Self.corpus.count)].bytes
    Self.changes.change(&bytes, other, &random)
  }

  private static let changes = BrokenBytes(pieces: [
    "%{", "%{len8:{", "%{crc16:hex:{", "}}", ":before", "%{1}", "(a*)", "…", "--", "..", "ms", "h", " every ",
    " gap ", " at ",
    "1000h", "*2147483647", "G", " within ", "1ns",
    "zeros(", "close", "(1h)*1000", "%{n}", "%{crc16:", "F1", "define ", "0.000001ms", "'",
    " and ", " or ", "not ", "has ", "any(", "!=", "<=", "~", "asked", "waited", "data", "why=", "socket=",
  ])
}
