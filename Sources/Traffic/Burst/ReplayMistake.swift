/// Why what a recorded socket sent cannot go out again.
public enum ReplayMistake: Error, Sendable, Equatable {
  case noSocket(known: [String])
  case listener
  case program
  /// It sent, or received, nothing; it has bytes the other way.
  case nothing(other: Int64)
  /// So many bytes from this offset on are not in the recording.
  case missing(offset: Int64, bytes: Int64)

  private static let mostNames = 8

  /// Without a full stop.
  public func sentence(_ order: ReplayOrder) -> String {
    let (file, name) = (SafeText.string(order.file), SafeText.string(order.socket))
    switch self {
    case .noSocket(let known):
      let hint = NearestWord.hint(order.socket, in: known)
      let names = known.prefix(Self.mostNames).map { SafeText.string($0) }.joined(separator: ", ")
      let all =
        known.isEmpty ? "; it has none" : "; it has \(names)\(known.count > Self.mostNames ? " …" : "")"
      return "\(file): there is no socket \(name)\(hint.isEmpty ? all : hint)"
    case .listener:
      return
        "\(file): \(name) is a listener, which sends nothing; its connections are \(name).1, \(name).2 …"
    case .program:
      return "\(file): \(name) is a program; what it sent has its sockets' names, such as \(name).fd5"
    case .nothing(let other):
      let (verb, done) = order.direction == .sent ? ("sent", "received") : ("received", "sent")
      let hint =
        other == 0
        ? ""
        : order.direction == .sent
          ? "; --received plays what came to it" : "; without --received that is played"
      return "\(file): \(name) \(verb) nothing, and \(done) \(other) bytes\(hint)"
    case .missing(let offset, let bytes):
      return
        "\(file): \(bytes) bytes from offset \(offset) on of what \(name) \(order.direction.word) are not in the recording"
    }
  }
}
