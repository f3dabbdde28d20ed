import Traffic

/// The items of some lanes around one, in the order in which they happened.
struct LaneEvents {
  struct Event {
    var lane: Int
    var item: Item.ID
    var label: BoxLabel
    /// Those of its stream that it moved.
    var bytes: Range<Int64>
    /// A send counts from when it was called: what it causes comes after that, often before it returns.
    var time: Nanoseconds
    /// A recv waited from then on.
    var waitedFrom: Nanoseconds?
    /// When the newest byte of a chunk arrived.
    var arrived: Nanoseconds?
  }

  private(set) var events: [Event] = []
  /// Place in `events` of the item asked for, or of the one before it.
  private(set) var center = 0

  /// - Parameters:
  ///   - reach: records read on either side, of each socket.
  ///   - end: records from this sequence number on are left out.
  init(_ lanes: [Lane], around item: Item.ID, reach: Int, _ journal: Journal, end: Int?) {
    var first = 0
    var last = end ?? .max
    for socket in Set(lanes.map(\.socket)) {
      let ranks = journal.ranks(of: socket)
      let middle = journal.rank(of: socket, atOrAfter: item.sequence)
      let range = (middle - reach..<middle + reach + 1).clamped(to: ranks)
      let records = journal.records(of: socket, in: range)
      // Beyond where one socket's reading ended the other's would stand alone.
      if range.lowerBound > ranks.lowerBound, let oldest = records.first {
        first = max(first, oldest.sequence)
      }
      if range.upperBound < ranks.upperBound, let newest = records.last {
        last = min(last, newest.sequence + 1)
      }
      events += records.compactMap { Self.event($0.record, Item.ID(record: $0.sequence), lanes) }
    }
    events = events.filter { $0.item.sequence >= first && $0.item.sequence < last }.sorted {
      ($0.time, $0.item) < ($1.time, $1.item)
    }
    center = events.firstIndex { $0.item == item } ?? events.lastIndex { $0.item < item } ?? 0
  }

  private static func event(_ record: Record, _ item: Item.ID, _ lanes: [Lane]) -> Event? {
    guard let label = BoxLabel(record) else { return nil }
    // What ends a side stands with what was sent.
    let track = Track(segment: record) ?? Direction(record.kind).map(Track.init) ?? .sends
    var lane = lanes.firstIndex(of: Lane(socket: record.socket, track: track))
    // close(2) ends both ways, and stands in the one that is shown.
    if lane == nil, record.kind == .close {
      lane = lanes.firstIndex { $0.socket == record.socket && $0.track.isCalls }
    }
    guard let lane else { return nil }
    return Event(
      lane: lane, item: item, label: label,
      bytes: record.offset..<record.offset + Int64(record.streamBytes),
      time: record.kind == .send ? record.start : record.end,
      waitedFrom: record.kind == .recv ? record.start : nil, arrived: record.arrived)
  }
}
