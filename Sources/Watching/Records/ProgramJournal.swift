import Traffic

/// Where a watched program is recorded, and under which name.
public struct ProgramJournal: Sendable {
  public let writer: JournalWriter
  /// CLOCK_MONOTONIC at the run's time 0.
  public let origin: Nanoseconds
  public let name: String
  /// What stands for the program itself in the table of sockets.
  public let program: SocketID
  /// What is watched, in words.
  public let command: String

  /// Takes the name, which must be new.
  public init(_ writer: JournalWriter, origin: Nanoseconds, name: String, command: String) {
    self.writer = writer
    self.origin = origin
    self.name = name
    self.command = command
    var info = SocketInfo(name: name, kind: .tcp, role: .program)
    info.isWatched = true
    program = writer.add(info)
  }
}
