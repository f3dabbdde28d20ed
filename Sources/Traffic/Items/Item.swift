/// What there is to look at, in one order: a row of the table, a box of the lanes. A view of what the journal holds, and
/// never storage.
public enum Item: Sendable, Equatable, Identifiable {
  /// A call or an event, with its sequence number in the journal.
  case record(Record, sequence: Int)
  /// What a framing has cut out of the stream.
  case message(PlacedMessage)

  /// Which item it is, and where it stands in the order of all.
  public struct ID: Hashable, Comparable, Sendable {
    /// The place in the journal.
    public let sequence: Int
    /// 0 for a record; from 1 on for the messages that it completed, which stand behind it.
    public let place: Int

    /// That of a record.
    public init(record sequence: Int) { (self.sequence, place) = (sequence, 0) }

    public init(_ message: PlacedMessage) { (sequence, place) = (message.sequence, message.place) }

    /// Before all others: the start of the run.
    public static let first = ID(record: 0)

    public static func < (left: ID, right: ID) -> Bool {
      (left.sequence, left.place) < (right.sequence, right.place)
    }
  }

  public var id: ID {
    switch self {
    case .record(_, let sequence): ID(record: sequence)
    case .message(let message): ID(message)
    }
  }

  /// Whose it is; `none` for what concerns no socket.
  public var socket: SocketID {
    switch self {
    case .record(let record, _): record.socket
    case .message(let message): message.socket
    }
  }

  /// When it was there: a call when it returned, a message when its last byte was.
  public var time: Nanoseconds {
    switch self {
    case .record(let record, _): record.end
    case .message(let message): message.message.time
    }
  }

  /// Where its bytes lie in their stream; an empty part where it moved none, or none of the stream. Nil for what moves no
  /// bytes at all.
  public var stretch: Stretch? {
    switch self {
    case .record(let record, _):
      Direction(record.kind).map { direction in
        // What is peeked at lies in the stream, though it is not taken out.
        let count = record.flags.contains(.peek) ? max(0, record.result) : record.streamBytes
        return Stretch(
          socket: record.socket, direction: direction, range: record.offset..<record.offset + Int64(count))
      }
    case .message(let placed):
      Stretch(socket: placed.socket, direction: placed.message.way, range: placed.message.range)
    }
  }

  /// All its bytes, those included that are not part of the stream.
  public var copySource: CopySource {
    switch self {
    case .record(let record, _): .record(record)
    case .message(let placed): .stream(placed.socket, placed.message.way, placed.message.range)
    }
  }
}

extension Chunk {
  public var item: Item { .record(record, sequence: sequence) }
}

extension Journal {
  /// A record, by its sequence number; nil if it is no longer held.
  public func item(_ sequence: Int) -> Item? {
    records(in: sequence..<sequence + 1).first.map { .record($0.record, sequence: $0.sequence) }
  }
}

extension MessageIndex {
  /// An item; nil if it is no longer held, or not known yet.
  public func item(_ id: Item.ID, _ journal: Journal) -> Item? {
    guard let record = journal.item(id.sequence) else { return nil }
    if id.place == 0 { return record }
    let messages = messages(of: record.socket, completedBy: id.sequence, journal).prefix(id.place)
    return messages.count == id.place ? messages.last.map { .message($0) } : nil
  }
}
