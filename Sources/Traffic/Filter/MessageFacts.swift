/// A message as a filter asks for it: what its line in the JSON Lines tells, by the same names.
public final class MessageFacts {
  private let found: FoundMessage
  private let socket: SocketID
  private let name: String
  private let sequence: Int
  private let journal: Journal

  /// What it holds; nil where the journal no longer has all of it.
  public private(set) lazy var content = journal.content(of: found.message, on: socket)

  /// - Parameters:
  ///   - name: of its socket.
  ///   - sequence: of the record that completed it.
  public init(
    _ found: FoundMessage, of socket: SocketID, named name: String, _ sequence: Int, _ journal: Journal
  ) {
    (self.found, self.socket, self.name, self.sequence, self.journal) = (
      found, socket, name, sequence, journal
    )
  }

  enum Fact {
    case number(Int64)
    case time(Nanoseconds)
    case text(String)
    case bytes(ArraySlice<UInt8>)
  }

  /// Nil where it has no such field, or the value is not known.
  func fact(_ field: String) -> Fact? {
    let message = found.message
    return switch field {
    case "event": .text(Self.event)
    case "seq": .number(Int64(sequence))
    case "t": .time(message.time)
    case "socket": .text(name)
    case "way": .text(message.way.word)
    case "n": .number(Int64(message.number))
    case "offset": .number(message.range.lowerBound)
    case "length": .number(Int64(message.range.count))
    case "payload": .text("\(message.payload.lowerBound),\(message.payload.count)")
    case "calls": found.calls.map { .text("\($0.lowerBound),\($0.upperBound)") }
    case "began": .time(message.began)
    case "kind": message.kind.map { .text($0.rawValue) }
    case "broken": message.broken.map { .text($0.rawValue) }
    case "assumed": message.notes.assumed.map { .text($0) }
    case "notes": .text(message.notes.words.joined(separator: ","))
    case "data": content.map { .bytes($0[...]) }
    default: nil
    }
  }

  /// Its word among the events.
  static let event = "message"
}
