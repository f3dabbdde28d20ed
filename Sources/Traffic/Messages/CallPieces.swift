import DequeModule

/// The numbers of the calls of one way that have the bytes of what is not a message yet.
struct CallPieces: Sendable {
  private struct Piece {
    var range: Range<Int64>
    var number: Int
  }

  /// However many calls a message takes, no more are kept: those in the middle are no message's first or last.
  private static let most = 1024

  private var pieces: Deque<Piece> = []

  mutating func append(_ range: Range<Int64>, number: Int) {
    pieces.append(Piece(range: range, number: number))
    if pieces.count > Self.most { pieces.removeSubrange(1..<1 + Self.most / 2) }
  }

  /// The calls that have a byte of a message; what the next one has none of is forgotten. Nil if they are not known.
  mutating func calls(of message: Range<Int64>) -> ClosedRange<Int>? {
    removeBefore(message.lowerBound)
    defer { removeBefore(message.upperBound) }
    guard let first = pieces.first, first.range.lowerBound <= message.lowerBound else { return nil }
    let last = pieces.last { $0.range.lowerBound < message.upperBound } ?? first
    // Where it ends among those that were left out, nobody knows.
    let isLast = last.number == pieces.last?.number
    guard isLast || last.range.upperBound >= message.upperBound else { return nil }
    return first.number...max(first.number, last.number)
  }

  private mutating func removeBefore(_ offset: Int64) {
    while let first = pieces.first, first.range.upperBound <= offset { pieces.removeFirst() }
  }
}
