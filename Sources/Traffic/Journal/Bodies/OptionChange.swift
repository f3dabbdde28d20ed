/// An option and what was granted of what was asked; the payload of an `option` record.
public struct OptionChange: RecordBody, Equatable {
  /// The option's word, as on the command line: `rcvbuf`.
  public var name: String
  /// What was set: read back from the kernel, where it has a part in it.
  public var granted: String
  /// What was asked for; the same as `granted` where all of it was granted.
  public var asked: String

  public init(name: String, granted: String, asked: String) {
    self.name = name
    self.granted = granted
    self.asked = asked
  }

  public init?(from reader: inout BodyReader) {
    guard let name = reader.text(), let granted = reader.text(), let asked = reader.text() else { return nil }
    self.init(name: name, granted: granted, asked: asked)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(name)
    writer.write(granted)
    writer.write(asked)
  }
}
