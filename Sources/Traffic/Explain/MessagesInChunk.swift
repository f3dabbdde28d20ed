/// What of the messages a call's bytes are: where they begin and end in them.
public struct MessagesInChunk {
  /// `begins 3 B into message 3, ends 7 B into message 4 of 24`
  public let text: String
  /// The bytes begin or end inside a message.
  public let isHalf: Bool

  /// Nil where nothing is cut, or the record has no bytes in the stream.
  public init?(_ record: Record, _ messages: MessageIndex, _ journal: Journal) {
    guard let way = Direction(record.kind), record.streamBytes > 0,
      messages.framing(of: record.socket, way) != nil,
      let standing = messages.standing(of: record.socket, journal)
    else { return nil }
    let bytes = record.offset..<record.offset + Int64(record.streamBytes)
    func message(at offset: Int64) -> FramedMessage? {
      messages.messages(of: record.socket, in: offset..<offset + 1, way, limit: 1, journal).first?.message
    }
    guard let first = message(at: bytes.lowerBound), let last = message(at: bytes.upperBound - 1) else {
      isHalf = false
      text =
        standing.isComplete
        ? "no message has these bytes" : "not cut yet: \(standing.taken) of \(standing.records) records"
      return
    }
    let count = standing.count(way) ?? 0
    let all = standing.isComplete ? "of \(Units.count(count))" : "of \(Units.count(count)) so far"
    let skipped = bytes.lowerBound - first.range.lowerBound
    let start =
      skipped == 0
      ? "begins with message \(first.number)" : "begins \(Units.size(skipped)) into message \(first.number)"
    let isOpen = last.number > standing.follower.count(way) ?? 0
    let ended = bytes.upperBound - last.range.lowerBound
    let end =
      last.range.upperBound == bytes.upperBound && !isOpen
      ? "ends with message \(last.number)" : "ends \(Units.size(ended)) into message \(last.number)"
    isHalf = skipped > 0 || last.range.upperBound != bytes.upperBound || isOpen
    text = "\(start), \(end) \(all)"
  }
}
