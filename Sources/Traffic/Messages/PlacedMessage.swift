/// A message with its place in the journal: behind the record that completed it.
public struct PlacedMessage: Sendable, Equatable {
  public var socket: SocketID
  public var found: FoundMessage
  /// Sequence number of the record that completed it; `Int.max` while it is not complete.
  public var sequence: Int
  /// Its place among those that this record completed, from 1.
  public var place: Int

  public var isComplete: Bool { sequence < .max }

  public var message: FramedMessage { found.message }
}
