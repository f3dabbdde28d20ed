/// What a record carries beside its fields, as a value and as the bytes of its payload.
public protocol RecordBody: Sendable {
  /// Reads the value; nil if the bytes are no such value.
  init?(from reader: inout BodyReader)

  func write(to writer: inout BodyWriter)
}

extension RecordBody {
  /// Reads a payload; nil if it is no such value, or not all of it, or no longer held.
  public init?(payload: some Collection<UInt8>) {
    var reader = BodyReader(payload)
    self.init(from: &reader)
    if !reader.isAtEnd { return nil }
  }

  /// The bytes that `init(payload:)` reads.
  public var payload: [UInt8] {
    var writer = BodyWriter()
    write(to: &writer)
    return writer.bytes
  }
}
