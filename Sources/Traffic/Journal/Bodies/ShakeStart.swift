/// What is sent in parts, to whom, and how often; the payload of a `shake` record.
public struct ShakeStart: RecordBody, Equatable {
  /// What is shaken, as a line: a command, or an address.
  public var target: String
  /// What is sent: each message when the one before it was answered.
  public var messages: [[UInt8]]
  /// The text of the framing that says what stands where in them; nil without one.
  public var framing: String?
  /// How many ways of cutting there are to try.
  public var total: Int
  /// The answer of the uncut messages, its first bytes.
  public var answer: [UInt8]

  public init(target: String, messages: [[UInt8]], framing: String?, total: Int, answer: [UInt8]) {
    (self.target, self.messages, self.framing) = (target, messages, framing)
    (self.total, self.answer) = (total, answer)
  }

  public init?(from reader: inout BodyReader) {
    guard let target = reader.text(), let count = reader.number(UInt32.self) else { return nil }
    var messages: [[UInt8]] = []
    for _ in 0..<count {
      guard let message = reader.numbers(UInt8.self) else { return nil }
      messages.append(message)
    }
    guard let framing = reader.optionalText(), let total = reader.number(Int64.self),
      let answer = reader.numbers(UInt8.self)
    else { return nil }
    self.init(target: target, messages: messages, framing: framing, total: Int(total), answer: answer)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(target)
    writer.write(UInt32(messages.count))
    for message in messages { writer.write(message) }
    writer.write(framing)
    writer.write(Int64(total))
    writer.write(answer)
  }
}
