/// Searches for fixed bytes, without ever going back in the stream (Knuth, Morris and Pratt 1977).
struct BytesSearch: Sendable {
  private let wanted: [UInt8]
  /// For each length of a prefix, the length of the longest shorter prefix that it ends with.
  private let fallbacks: [Int]
  private var matched = 0
  /// A match may begin with the end of the one before.
  private let overlaps: Bool

  /// True if no byte of a match has come.
  var isAtStart: Bool { matched == 0 }

  init(_ wanted: [UInt8], overlaps: Bool = false) {
    self.wanted = wanted
    self.overlaps = overlaps
    var fallbacks = [0, 0]
    var length = 0
    for byte in wanted.dropFirst() {
      while length > 0, wanted[length] != byte { length = fallbacks[length] }
      if wanted[length] == byte { length += 1 }
      fallbacks.append(length)
    }
    self.fallbacks = fallbacks
  }

  /// Takes one byte; true if it ends a match.
  mutating func accept(_ byte: UInt8) -> Bool {
    guard !wanted.isEmpty else { return false }
    while matched > 0, wanted[matched] != byte { matched = fallbacks[matched] }
    if wanted[matched] == byte { matched += 1 }
    guard matched == wanted.count else { return false }
    matched = overlaps ? fallbacks[matched] : 0
    return true
  }
}
