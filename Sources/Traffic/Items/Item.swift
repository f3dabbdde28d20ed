/// What there is to look at, in one order: a row of the table, a box of the lanes. A view of what the journal holds, and
/// never storage.
public enum Item: Sendable, Equatable, Identifiable {
  /// A call or an event, with its sequence number in the journal.
  case record(Record, sequence: Int)

  /// Which item it is, and where it stands in the order of all.
  public struct ID: Hashable, Comparable, Sendable {
    /// The place in the journal.
    public let sequence: Int

    /// That of a record.
    public init(record sequence: Int) { self.sequence = sequence }

    /// Before all others: the start of the run.
    public static let first = ID(record: 0)

    public static func < (left: ID, right: ID) -> Bool { left.sequence < right.sequence }
  }

  public var id: ID {
    switch self {
    case .record(_, let sequence): ID(record: sequence)
    }
  }

  /// Whose it is; `none` for what concerns no socket.
  public var socket: SocketID {
    switch self {
    case .record(let record, _): record.socket
    }
  }

  /// When it was there: a call when it returned.
  public var time: Nanoseconds {
    switch self {
    case .record(let record, _): record.end
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
    }
  }

  /// All its bytes, those included that are not part of the stream.
  public var copySource: CopySource {
    switch self {
    case .record(let record, _): .record(record)
    }
  }
}

extension Chunk {
  public var item: Item { .record(record, sequence: sequence) }
}

extension Journal {
  /// An item; nil if it is no longer held.
  public func item(_ id: Item.ID) -> Item? {
    records(in: id.sequence..<id.sequence + 1).first.map { .record($0.record, sequence: $0.sequence) }
  }
}
