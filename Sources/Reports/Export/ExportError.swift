import Traffic

/// Why something cannot be written as it was asked for.
public enum ExportError: Error, Equatable {
  /// The bytes of one socket one way were asked for, and those of another pass too.
  case severalStreams(String, Direction, String, Direction)
  /// No bytes pass.
  case noBytes
  /// A lab would play nothing; why, as far as it is known.
  case nothingToSend([String])

  /// What a user is told.
  public var sentence: String {
    switch self {
    case .severalStreams(let name, let way, let other, let otherWay):
      "raw has the bytes of one socket one way: \(name) \(way.word) some and \(other) \(otherWay.word) some; "
        + "choose, as with --where 'socket=\(name) and event=\(way == .received ? "recv" : "send")'"
    case .nothingToSend(let notes):
      "nothing to send: no socket of ours is opened among the records"
        + notes.map { "; \($0)" }.joined()
    case .noBytes: "there are no bytes: no recv or send that passed any is among the records"
    }
  }
}
