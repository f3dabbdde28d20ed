/// Bytes of one stream that lie one behind the other, with the records that they came in.
struct StreamRun {
  let socket: SocketID
  let direction: Direction
  /// Offset of the first byte in the stream.
  let start: Int64
  var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  private var records: [(sequence: Int, place: Int)] = []

  /// - Parameter record: the first of them, a recv or a send.
  init(_ record: Record) {
    socket = record.socket
    direction = record.kind == .send ? .sent : .received
    start = record.offset
  }

  /// True if a record's bytes go on behind so many of these.
  func isFollowed(by record: Record, behind count: Int) -> Bool {
    record.socket == socket && Direction(record.kind) == direction && record.offset == start + Int64(count)
  }

  mutating func add(_ sequence: Int, at place: Int) { records.append((sequence, place)) }

  var end: Int64 { start + Int64(bytes.count) }

  /// A match in these bytes.
  func match(_ range: Range<Int>) -> FoundMatch {
    var (low, high) = (0, records.count)
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if records[middle].place <= range.lowerBound { low = middle } else { high = middle }
    }
    let record = records[low]
    return FoundMatch(
      sequence: record.sequence, place: range.lowerBound - record.place, length: range.count)
  }
}
