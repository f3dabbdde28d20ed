import Traffic

/// What the lanes are drawn of: an item with what was around it.
struct LanesSubject {
  /// The socket whose connection is drawn: the item's, or what that one stands for.
  let socket: SocketID
  let item: Item
  /// The bytes that are selected.
  let bytes: Range<Int64>
  /// Records from this sequence number on are not shown: the view is frozen.
  let end: Int?
  let sockets: SocketTable
  let messages: MessageIndex
  let journal: Journal

  /// Nil if there is no connection to show.
  init?(
    _ item: Item, bytes: Range<Int64>, end: Int?, _ sockets: SocketTable, _ messages: MessageIndex,
    _ journal: Journal
  ) {
    guard let socket = Self.socket(item, sockets) else { return nil }
    (self.socket, self.item, self.bytes, self.end) = (socket, item, bytes, end)
    (self.sockets, self.messages, self.journal) = (sockets, messages, journal)
  }

  private static func socket(_ item: Item, _ sockets: SocketTable) -> SocketID? {
    switch item {
    case .record(let record, _):
      if let connection = record.connection { return connection }
    case .message: break
    }
    return sockets.bearer(of: item.socket)
  }

  /// The segments of a lane that carry bytes of a range, in the order of these, one for each part: what passed again is told of
  /// the one that did so first.
  func segments(_ lane: Lane, in bytes: Range<Int64>, limit: Int) -> [LaneSegment] {
    let wire = WireStream(journal: journal, socket: lane.socket, way: lane.track.direction)
    var found: [LaneSegment] = []
    for (sequence, record) in wire.segments(carrying: bytes, limit: limit) where sequence < end ?? .max {
      guard let range = WireStream.bytes(of: record) else { continue }
      let isAgain = record.segment?.marks.contains(.retransmission) == true
      if isAgain, let first = found.firstIndex(where: { $0.bytes.overlaps(range) }) {
        found[first].isAgain = true
      } else {
        found.append(LaneSegment(item: Item.ID(record: sequence), bytes: range, isAgain: isAgain))
      }
    }
    return found.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  func stream(_ lane: Lane) -> ByteStream {
    sockets.stream(of: lane.socket, lane.track.direction, in: journal)
  }
}
