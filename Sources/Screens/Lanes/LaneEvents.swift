import Traffic

/// The calls of some lanes around a record, in the order they returned.
struct LaneEvents {
  struct Event {
    var lane: Int
    var sequence: Int
    var record: Record
    /// Digits or a word to draw in its box.
    var label: String
    var role: Role

    /// A send counts from when it was called: what it causes comes after that, often before it returns.
    var time: Nanoseconds { record.kind == .send ? record.start : record.end }
  }

  private(set) var events: [Event] = []
  /// Place in `events` of the record asked for, or of the one before it.
  private(set) var center = 0

  /// - Parameter reach: records read on either side, of each socket.
  init(_ lanes: [Lane], around sequence: Int, reach: Int, _ journal: Journal, end: Int?) {
    var first = 0
    var last = end ?? .max
    for socket in Set(lanes.map(\.socket)) {
      let ranks = journal.ranks(of: socket)
      let middle = journal.rank(of: socket, atOrAfter: sequence)
      let range = (middle - reach..<middle + reach + 1).clamped(to: ranks)
      let records = journal.records(of: socket, in: range)
      // Beyond where one socket's reading ended the other's would stand alone.
      if range.lowerBound > ranks.lowerBound, let oldest = records.first {
        first = max(first, oldest.sequence)
      }
      if range.upperBound < ranks.upperBound, let newest = records.last {
        last = min(last, newest.sequence + 1)
      }
      for entry in records { if let event = Self.event(entry, lanes) { events.append(event) } }
    }
    events = events.filter { $0.sequence >= first && $0.sequence < last }.sorted {
      ($0.time, $0.sequence) < ($1.time, $1.sequence)
    }
    center =
      events.firstIndex { $0.sequence == sequence } ?? events.lastIndex { $0.sequence < sequence } ?? 0
  }

  private static func event(_ entry: (sequence: Int, record: Record), _ lanes: [Lane]) -> Event? {
    let record = entry.record
    let direction: Direction
    switch record.kind {
    case .recv: direction = .received
    case .send, .shutdown, .close: direction = .sent
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst: return nil
    }
    var lane = lanes.firstIndex(of: Lane(socket: record.socket, direction: direction))
    // close(2) ends both ways, and stands in the one that is shown.
    if lane == nil, record.kind == .close { lane = lanes.firstIndex { $0.socket == record.socket } }
    guard let lane else { return nil }
    let (label, role) = face(record)
    return Event(lane: lane, sequence: entry.sequence, record: record, label: label, role: role)
  }

  private static func face(_ record: Record) -> (String, Role) {
    switch record.kind {
    case .recv, .send:
      if let errno = record.errno { return errno.isPassing ? ("·", .muted) : (errno.name, .error) }
      if record.kind == .recv, record.result == 0, !record.conditions.contains(.datagram) {
        return ("╳ end", .endOfStream)
      }
      return (String(record.result), record.kind == .recv ? .laneReceive : .laneSend)
    case .shutdown: return ("FIN", .endOfStream)
    case .close: return (record.how == .reset ? "RST" : "close", .endOfStream)
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst: return ("", .muted)
    }
  }
}
