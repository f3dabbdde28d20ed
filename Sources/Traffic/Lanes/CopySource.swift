/// The bytes that somebody wants to have: where they lie, not what they are.
public enum CopySource: Sendable, Equatable {
  /// Those of one record, in its stream or not.
  case record(Record)
  /// A part of a stream, across chunks.
  case stream(SocketID, Direction, Range<Int64>)

  public var socket: SocketID {
    switch self {
    case .record(let record): record.socket
    case .stream(let socket, _, _): socket
    }
  }

  /// Bytes there were; some may be gone.
  public var count: Int64 {
    switch self {
    case .record(let record): Int64(record.payloadLength)
    case .stream(_, _, let range): Int64(range.count)
    }
  }

  public func pieces(_ journal: Journal) -> CopyPieces { CopyPieces(self, journal) }
}
