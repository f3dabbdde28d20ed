/// What an `expect` wanted and what there was, in words; the payload of an `expect` record.
public struct Verdict: RecordBody, Equatable {
  public var wanted: String
  public var got: String

  public init(wanted: String, got: String) {
    self.wanted = wanted
    self.got = got
  }

  public init?(from reader: inout BodyReader) {
    guard let wanted = reader.text(), let got = reader.text() else { return nil }
    self.init(wanted: wanted, got: got)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(wanted)
    writer.write(got)
  }
}
