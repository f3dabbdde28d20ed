import Traffic

/// A lane: what one socket sent, what it received, or what the wire carried of one of them.
struct LaneTrack {
  enum Kind: Equatable {
    case sends
    case segments(Direction)
    case chunks

    var word: String {
      switch self {
      case .sends: "send"
      case .segments: "wire"
      case .chunks: "recv"
      }
    }
  }

  let kind: Kind
  let name: String
  private(set) var events: [LaneEvent]
  /// Events behind these that are not drawn.
  private(set) var leftOut = 0

  /// - Parameters:
  ///   - records: sequence numbers.
  ///   - limit: events at most.
  init(_ socket: SocketID, _ kind: Kind, _ records: Range<Int>, _ journal: Journal, limit: Int) {
    self.kind = kind
    name = journal.socket(socket)?.info.name ?? socket.placeholder
    events = []
    var rank = journal.rank(of: socket, atOrAfter: records.lowerBound)
    while true {
      let block = journal.records(of: socket, in: rank..<rank + 256)
      for (sequence, record) in block {
        if sequence >= records.upperBound { return }
        guard let event = LaneEvent(record, sequence, kind) else { continue }
        if events.count == limit { leftOut += 1 } else { events.append(event) }
      }
      if block.isEmpty || leftOut > limit { return }
      rank += block.count
    }
  }

  mutating func cut(at time: Nanoseconds) {
    let count = events.count
    events.removeAll { $0.time > time }
    leftOut += count - events.count
  }
}
