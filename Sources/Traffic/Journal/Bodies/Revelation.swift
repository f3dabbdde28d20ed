/// What the calls gave, and why; the payload of a `reveal` record.
public struct Revelation: RecordBody, Equatable {
  /// What was looked at: `recv #1`.
  public var measure: String
  public var got: String
  public var reason: String
  /// The choice that this makes right, as people read it; nil if it makes none.
  public var right: String?

  public init(measure: String, got: String, reason: String, right: String?) {
    (self.measure, self.got, self.reason, self.right) = (measure, got, reason, right)
  }

  public init?(from reader: inout BodyReader) {
    guard let measure = reader.text(), let got = reader.text(), let reason = reader.text(),
      let right = reader.optionalText()
    else { return nil }
    self.init(measure: measure, got: got, reason: reason, right: right)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(measure)
    writer.write(got)
    writer.write(reason)
    writer.write(right)
  }
}
