import Foundation

@testable import Traffic

/// One input of the parsers, made from a seed: the same one each time.
struct FuzzCase: CustomStringConvertible {
  enum Kind: String { case burst, line }

  var kind: Kind
  var text: String

  /// As a line of the corpus, where two pictures stand for what cannot be in a line.
  var line: String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { $0 == "\n" ? "\u{2424}" : $0 == "\0" ? "\u{2400}" : $0 }))
  }

  var description: String { "\(kind.rawValue) \(line)" }

  /// Every case of the corpus: `bursts.corpus` and `lines.corpus` beside this file.
  static let corpus = cases("bursts", .burst) + cases("lines", .line)

  private static func cases(_ name: String, _ kind: Kind) -> [FuzzCase] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    let file = try? String(contentsOf: folder.appending(path: "\(name).corpus"), encoding: .utf8)
    return (file ?? "").split(separator: "\n").map { FuzzCase(kind, line: $0) }
  }

  private init(_ kind: Kind, line: Substring) {
    self.kind = kind
    let scalars = line.unicodeScalars.map { $0 == "\u{2424}" ? "\n" : $0 == "\u{2400}" ? "\0" : $0 }
    text = String(String.UnicodeScalarView(scalars))
  }

  /// A case of the corpus or a made-up burst, changed in up to eight places.
  init(seed: UInt64) {
    var source = MadeUpBytes(seed: seed)
    let chosen = Self.corpus[Int(source.next() % UInt64(Self.corpus.count))]
    kind = chosen.kind
    text = chosen.text
    if kind == .burst, source.next() % 3 == 0 {
      var generator = BurstGenerator(seed: source.next())
      text = generator.burst().text
    }
    var bytes = Array(text.utf8)
    let other = Array(Self.corpus[Int(source.next() % UInt64(Self.corpus.count))].text.utf8)
    for _ in 0..<source.next() % 9 { Self.change(&bytes, other, &source) }
    text = String(decoding: bytes, as: UTF8.self)
  }

  private static func change(_ bytes: inout [UInt8], _ other: [UInt8], _ source: inout MadeUpBytes) {
    let place = Int(source.next() % UInt64(bytes.count + 1))
    let length = min(Int(source.next() % 8), bytes.count - place)
    let piece = pieces[Int(source.next() % UInt64(pieces.count))]
    switch source.next() % 7 {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.insert(contentsOf: piece, at: place)
    case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: source.next()) }
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes.replaceSubrange(place..<place + length, with: piece)
    case 5: bytes.replaceSubrange(place..., with: other.suffix(Int(source.next() % UInt64(other.count + 1))))
    default: if place < bytes.count { bytes[place] ^= 1 << UInt8(source.next() % 7) }
    }
  }

  /// What the languages are made of, and what breaks readers.
  private static let pieces: [[UInt8]] = [
    "\"", "\\", "(", ")", "*", "+", "/", "{", "}", "<", ">", "@", "%{", "0x", "…", "é", "\u{202e}", "#", "\n",
    "\0", "--", "\r\n", "e\u{301}", " ", "9", "99999999999999999999", "0", "-1", ".", "..", ":", "|", ",",
    "ms", "h", " every ", " gap ", " at ", "[", "]", "\\x", "\\u{", "1000h", "*2147483647", "G", " within ",
    "1ns", "zeros(", "close", "(1h)*1000", "\"\"", "%{n}", "%{crc16:", "F1", "define ", "9223372036854775807",
    "0.000001ms", "\u{2028}", "\u{feff}",
  ].map { Array($0.utf8) }
}
