import Traffic

/// What a socket sent, to be sent again: as much as a line can hold.
struct RecalledSends {
  /// What a line can hold and be edited in.
  private static let most = 200
  private static let mostBytes = 4 << 10

  private var sends = RecordedSends()
  /// Sends that found no room.
  private var left = 0
  /// Sends that are no longer held.
  private var lost = 0
  private let mark: Nanoseconds?

  /// - Parameter mark: what was sent before is left out.
  init(of socket: SocketID, from mark: Nanoseconds?, _ journal: Journal) {
    self.mark = mark
    let ranks = journal.ranks(of: socket)
    for start in stride(from: ranks.lowerBound, to: ranks.upperBound, by: 1024) {
      for (_, record) in journal.records(of: socket, in: start..<min(start + 1024, ranks.upperBound))
      where isRecalled(record) {
        add(record, journal.payload(of: record))
      }
    }
  }

  /// Bytes went out, and not before the mark; what failed took nothing along.
  private func isRecalled(_ record: Record) -> Bool {
    guard record.kind == .send, record.end >= mark ?? .min else { return false }
    return record.result > 0 || (record.result == 0 && record.asked == 0)
  }

  private mutating func add(_ record: Record, _ payload: [UInt8]?) {
    guard let payload else {
      lost += 1
      return
    }
    if left > 0 || sends.count == Self.most || sends.bytes + payload.count > Self.mostBytes {
      left += 1
    } else {
      sends.append(payload, start: record.start, flag: SendFlag(record.flags))
    }
  }

  /// Nil if there is no send.
  var burst: Burst? { sends.burst }

  /// What is said of it.
  /// - Parameter name: the socket's.
  func words(_ name: String) -> String {
    if sends.count == 0 {
      let why = left > 0 ? "its first send is too long for a line" : "nothing held was sent from the mark on"
      return "\(name): \(why)"
    }
    var words = "\(sends.count) send\(sends.count == 1 ? "" : "s") of \(name)"
    if mark != nil { words += " from the mark on" }
    if lost > 0 { words += "; \(lost) before it no longer held" }
    if left > 0 { words += "; \(left) more find no room in a line" }
    return words
  }
}
