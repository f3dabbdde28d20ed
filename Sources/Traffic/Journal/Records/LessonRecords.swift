/// Records of what a lesson asks and shows. No call is made for them.
extension Record {
  /// answer, reveal: the choice, from 1; nil for none.
  public var choice: Int? {
    (kind == .answer || kind == .reveal) && other != Self.unknownDetail ? Int(other) : nil
  }

  /// answer: 1, or 2 when they had talked about it.
  public var round: Int? { kind == .answer ? Int(detail) : nil }

  /// A question was asked, which the payload has, an `AskedQuestion`.
  /// - Parameter line: of the lab, from 1.
  public static func ask(at time: Nanoseconds, line: Int) -> Record {
    var record = Record(.ask, start: time, end: time)
    record.asked = UInt32(clamping: line)
    return record
  }

  /// What was answered; the payload is `CountedVotes`.
  /// - Parameters:
  ///   - start: when it was asked.
  ///   - choice: that most are for, from 1.
  public static func answer(
    from start: Nanoseconds, to end: Nanoseconds, round: Int, choice: Int
  ) -> Record {
    var record = Record(.answer, start: start, end: end)
    record.detail = UInt32(clamping: round)
    record.other = UInt32(clamping: choice)
    return record
  }

  /// What the calls gave; the payload is a `Revelation`.
  /// - Parameters:
  ///   - socket: that was looked at.
  ///   - choice: that this makes right, from 1; nil if it makes none.
  public static func reveal(
    _ socket: SocketID, at time: Nanoseconds, line: Int, choice: Int?
  ) -> Record {
    var record = Record(.reveal, socket: socket, start: time, end: time)
    record.asked = UInt32(clamping: line)
    record.other = choice.map { UInt32(clamping: $0) } ?? unknownDetail
    record.result = choice == nil ? 0 : 1
    return record
  }
}
