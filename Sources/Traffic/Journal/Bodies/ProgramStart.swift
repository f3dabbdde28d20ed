/// What was started or attached to, and how it is watched; the payload of a `start-program` record.
public struct ProgramStart: RecordBody, Equatable {
  /// Its words, or what proc_pid_cmdline(5) says of one that ran already.
  public var command: String
  /// How its calls are seen: `ptrace`.
  public var source: String
  /// Below it `waited` means nothing: so long a call takes that returns at once.
  public var floor: Nanoseconds

  public init(command: String, source: String, floor: Nanoseconds) {
    (self.command, self.source, self.floor) = (command, source, floor)
  }

  public init?(from reader: inout BodyReader) {
    guard let command = reader.text(), let source = reader.text(), let floor = reader.number(Int64.self)
    else {
      return nil
    }
    self.init(command: command, source: source, floor: floor)
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(command)
    writer.write(source)
    writer.write(floor)
  }
}
