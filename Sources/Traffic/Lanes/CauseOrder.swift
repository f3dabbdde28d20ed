/// Puts rows into the order of cause: a send() stands above the recv() that it fed.
///
/// The journal's order is that of the returns. A recv() may return, and be written down, while the send() that gave its
/// bytes is still on its way back. Such a row is held until that send() comes, and so is what follows on its socket; all
/// other rows pass. Whoever shows rows decides how long to wait: see `release()`.
public struct CauseOrder {
  /// A record with its place in the journal and what it carries, as far as whoever shows it needs that.
  public struct Row {
    public var sequence: Int
    public var record: Record
    public var payload: ArraySlice<UInt8>?

    public init(sequence: Int, record: Record, payload: ArraySlice<UInt8>? = nil) {
      self.sequence = sequence
      self.record = record
      self.payload = payload
    }
  }

  private struct Held {
    var row: Row
    /// What has to be seen first: bytes sent by the peer up to this offset. Nil for a row that only keeps its place.
    var need: (peer: SocketID, end: Int64)?
  }

  /// Rows that are held at most; the oldest go first.
  private static let most = 4096

  /// Offset after the last byte of each socket's newest send() that was seen.
  private var sent: [SocketID: Int64] = [:]
  /// Sockets that are in the middle of a send() nobody waits for any more.
  private var late: Set<SocketID> = []
  private var held: [Held] = []
  /// False if the rows do not begin at the run's: then what was sent before the first send() seen is not known.
  private let isFromStart: Bool

  public init(isFromStart: Bool = true) { self.isFromStart = isFromStart }

  /// True while rows are held.
  public var isHolding: Bool { !held.isEmpty }

  /// Takes the next row in the journal's order.
  /// - Parameters:
  ///   - peer: the other end of the record's socket, if it is a stream of this run.
  ///   - emit: is given the rows that can be shown now, in order.
  public mutating func take(_ row: Row, peer: SocketID?, emit: (Row) -> Void) {
    let record = row.record
    let need = peer.flatMap { self.need(record, $0) }
    let isBehind = record.socket != .none && held.contains { $0.row.record.socket == record.socket }
    if need != nil || isBehind {
      held.append(Held(row: row, need: need))
      if held.count > Self.most { emit(held.removeFirst().row) }
      return
    }
    emit(row)
    if record.kind == .send, record.result > 0 {
      sent[record.socket] = record.offset + Int64(record.result)
      if !late.isEmpty { late.remove(record.socket) }
      if !held.isEmpty { emitFed(emit) }
    }
  }

  /// What has to be seen before a record; nil if nothing.
  private func need(_ record: Record, _ peer: SocketID) -> (peer: SocketID, end: Int64)? {
    guard record.kind == .recv, record.streamBytes > 0, !record.conditions.contains(.datagram) else {
      return nil
    }
    let end = record.offset + Int64(record.result)
    return end > sent[peer] ?? (isFromStart ? 0 : .max) && !late.contains(peer) ? (peer, end) : nil
  }

  /// Gives out what is held: the send() is not worth waiting for, as one that blocks may return much later.
  public mutating func release(emit: (Row) -> Void) {
    for row in held {
      if let need = row.need { late.insert(need.peer) }
      emit(row.row)
    }
    held = []
  }

  /// Emits the held rows whose bytes were all seen to be sent.
  private mutating func emitFed(_ emit: (Row) -> Void) {
    var blocked: Set<SocketID> = []
    held.removeAll { row in
      let isFed = row.need.map { sent[$0.peer] ?? 0 >= $0.end } ?? true
      if !isFed || blocked.contains(row.row.record.socket) {
        blocked.insert(row.row.record.socket)
        return false
      }
      emit(row.row)
      return true
    }
  }
}
