/// What a question was answered; the payload of an `answer` record.
public struct CountedVotes: RecordBody, Equatable {
  /// Hands, by choice.
  public var votes: [Int]
  /// The choice that most are for, as people read it.
  public var chosen: String

  public init(votes: [Int], chosen: String) { (self.votes, self.chosen) = (votes, chosen) }

  public init?(from reader: inout BodyReader) {
    guard let votes = reader.numbers(Int32.self), let chosen = reader.text() else { return nil }
    self.init(votes: votes.map(Int.init), chosen: chosen)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(votes.map { Int32(clamping: $0) })
    writer.write(chosen)
  }
}
