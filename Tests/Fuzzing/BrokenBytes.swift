/// Changes of an input at random, from the same numbers each time.
public struct BrokenBytes: Sendable {
  /// What the language is made of, and what breaks its reader.
  private let pieces: [[UInt8]]

  public init(pieces: [String]) {
    self.pieces = (pieces + Self.always).map { Array($0.utf8) }
  }

  /// Changes an input in up to eight places.
  /// - Parameter other: another input, whose end is taken now and then.
  public func change(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SplitMix) {
    for _ in 0..<random.below(9) { changeOnce(&bytes, other, &random) }
  }

  private func changeOnce(_ bytes: inout [UInt8], _ other: [UInt8], _ random: inout SplitMix) {
    let place = random.below(bytes.count + 1)
    let length = min(random.below(8), bytes.count - place)
    let piece = pieces[random.below(pieces.count)]
    switch random.below(7) {
    case 0: bytes.removeSubrange(place..<place + length)
    case 1: bytes.insert(contentsOf: piece, at: place)
    case 2: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 3: bytes.insert(contentsOf: bytes[place..<place + length], at: place)
    case 4: bytes.replaceSubrange(place..<place + length, with: piece)
    case 5: bytes.replaceSubrange(place..., with: other.suffix(random.below(other.count + 1)))
    default: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(7)) }
    }
  }

  private static let always = [
    "\"", "\\", "(", ")", "*", "+", "/", "{", "}", "<", ">", "@", "#", "\n", "\r\n", "\0", " ", ".", ":", "|",
    ",", "[", "]", "0", "9", "-1", "0x", "99999999999999999999", "9223372036854775807", "é", "e\u{301}", "…",
    "\u{202e}", "\u{2028}", "\u{feff}", "\\x", "\\u{", "\"\"",
  ]
}
