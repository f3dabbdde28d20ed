/// Where a pattern was found.
public struct FoundMatch: Sendable, Hashable, Comparable {
  /// Of the record that has its first byte.
  public var sequence: Int
  /// Where in that record's bytes it begins.
  public var place: UInt32
  /// Bytes; they may reach into later records of the stream.
  public var length: UInt32

  public init(sequence: Int, place: Int, length: Int) {
    self.sequence = sequence
    self.place = UInt32(clamping: place)
    self.length = UInt32(clamping: length)
  }

  /// In the order of the journal.
  public static func < (left: FoundMatch, right: FoundMatch) -> Bool {
    (left.sequence, left.place) < (right.sequence, right.place)
  }

  /// Where its bytes lie in their stream; nil if the record is no longer held.
  public func stretch(in journal: Journal) -> Stretch? {
    guard let item = journal.item(sequence), let whole = item.stretch else { return nil }
    let first = whole.range.lowerBound + Int64(place)
    return Stretch(socket: whole.socket, direction: whole.direction, range: first..<first + Int64(length))
  }
}
