/// What may be spent on cutting messages in one go.
public struct MessageEffort: Sendable {
  public var records: Int
  /// Of payload.
  public var bytes: Int
  public var messages: Int

  public init(records: Int, bytes: Int, messages: Int) {
    (self.records, self.bytes, self.messages) = (records, bytes, messages)
  }

  /// No bound.
  public static let all = MessageEffort(records: .max, bytes: .max, messages: .max)

  var isLeft: Bool { records > 0 && bytes > 0 && messages > 0 }

  func times(_ factor: Int) -> MessageEffort {
    MessageEffort(records: records * factor, bytes: bytes * factor, messages: messages * factor)
  }

  /// No more than another one.
  func clamped(to other: MessageEffort) -> MessageEffort {
    MessageEffort(
      records: min(records, other.records), bytes: min(bytes, other.bytes),
      messages: min(messages, other.messages))
  }

  /// Takes away what was spent of another one, by what that was before and after.
  mutating func spend(_ before: MessageEffort, _ after: MessageEffort) {
    records -= before.records - after.records
    bytes -= before.bytes - after.bytes
    messages -= before.messages - after.messages
  }
}
