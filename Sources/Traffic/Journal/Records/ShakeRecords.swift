/// Records of a message that is sent in parts.
extension Record {
  /// cut: what became of it.
  public var verdict: CutVerdict? {
    kind == .cut ? UInt8(exactly: detail).flatMap(CutVerdict.init) : nil
  }

  /// What is tried from now on; the payload is a `ShakeStart`.
  public static func shake(at time: Nanoseconds) -> Record {
    Record(.shake, start: time, end: time)
  }

  /// What one way of cutting came to; the payload is a `CutResult`.
  /// - Parameters:
  ///   - socket: the connection that the verdict is of.
  ///   - start: when that was opened.
  public static func cut(
    _ socket: SocketID, from start: Nanoseconds, to end: Nanoseconds, _ verdict: CutVerdict
  ) -> Record {
    var record = Record(.cut, socket: socket, start: start, end: end)
    record.detail = UInt32(verdict.rawValue)
    record.result = verdict == .same ? 1 : 0
    return record
  }
}
