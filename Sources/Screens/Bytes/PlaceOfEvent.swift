import Traffic

extension Journal {
  /// Records of a socket looked at for a call that moved bytes.
  private static let reach = 64

  /// Where the stream was when something happened that moves no bytes, as the last call before it tells: an empty part
  /// behind that one's bytes. Nil if there was none.
  func stretch(of socket: SocketID, before event: Item) -> Stretch? {
    let rank = rank(of: socket, atOrAfter: event.id.sequence)
    let before = records(of: socket, in: max(0, rank - Self.reach)..<rank)
    let calls = before.lazy.map(\.record).filter { Direction($0.kind) != nil }
    guard let last = calls.last(where: { $0.result > 0 }) ?? calls.last,
      let direction = Direction(last.kind)
    else { return nil }
    let end = last.offset + Int64(max(0, last.result))
    return Stretch(socket: last.socket, direction: direction, range: end..<end)
  }
}
