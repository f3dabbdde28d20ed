/// What a lesson asked; the payload of an `ask` record.
public struct AskedQuestion: RecordBody, Equatable {
  public var text: String
  /// As people read them, in their order.
  public var choices: [String]

  public init(text: String, choices: [String]) { (self.text, self.choices) = (text, choices) }

  public init?(from reader: inout BodyReader) {
    guard let text = reader.text(), let choices = reader.texts() else { return nil }
    self.init(text: text, choices: choices)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(text)
    writer.write(texts: choices)
  }
}
