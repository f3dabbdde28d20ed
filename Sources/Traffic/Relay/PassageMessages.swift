/// A hold whose pieces are messages, however they were received.
extension Passage {
  /// As `hold`, but what waits, and what comes, lies in messages: the last piece may be one that is not whole
  /// yet.
  /// - Parameter messages: what was received so far, ascending, by offsets.
  public mutating func holdMessages(until end: Nanoseconds?, _ messages: [Range<Int64>]) -> Int {
    let bytes = hold(until: end)
    holdsMessages = true
    let pieces = held
    held = []
    var messages = messages[...]
    for piece in pieces {
      holdPart(piece)
      guard let offset = piece.offset else { continue }
      messages = messages.drop { $0.upperBound <= offset }
      while let first = messages.first, first.upperBound <= offset + Int64(piece.bytes.count) {
        endMessage(first)
        messages.removeFirst()
      }
    }
    return bytes
  }

  /// What was received up to the end of this is a message; to be said after each piece that came in.
  public mutating func endMessage(_ message: Range<Int64>) {
    guard let open = held.last, open.isOpen, let start = open.offset else { return }
    let count = Int(message.upperBound - start)
    guard count > 0, count <= open.bytes.count else { return }
    var whole = open
    whole.bytes = open.bytes.prefix(count)
    // What stands between two messages goes with the second one.
    (whole.isOpen, whole.isMessage) = (false, start <= message.lowerBound)
    held[held.count - 1] = whole
    if count == open.bytes.count { return }
    var rest = open
    (rest.bytes, rest.offset) = (open.bytes.dropFirst(count), message.upperBound)
    rest.from = open.from.upperBound...open.from.upperBound
    held.append(rest)
  }

  /// Adds to the message that is not whole, where the bytes follow it.
  mutating func holdPart(_ piece: RelayPiece) {
    if let open = held.last, open.isOpen, let start = open.offset {
      if start + Int64(open.bytes.count) == piece.offset {
        held[held.count - 1].bytes += piece.bytes
        held[held.count - 1].from = open.from.lowerBound...piece.from.upperBound
        return
      }
      held[held.count - 1].isOpen = false
    }
    var piece = piece
    piece.isOpen = piece.offset != nil
    held.append(piece)
  }

  /// The first of some pieces, or of all, that is no whole message, by its place; nil if each is one.
  public func noMessage(among pieces: [Int]) -> Int? {
    (pieces.isEmpty ? Array(1...max(1, held.count)) : pieces).first { place in
      held.indices.contains(place - 1) && !held[place - 1].isMessage
    }
  }
}
