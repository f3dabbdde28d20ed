/// Where a recording comes from: what is told beside its records.
public struct RecordingOrigin: Sendable, Equatable {
  /// Version of the program that recorded it.
  public var program: String
  /// The kernel, as `uname -sr` tells it.
  public var kernel: String
  /// What the user typed.
  public var command: String
  /// The lab that was played; empty if there was none.
  public var lab: String

  public init(program: String = "", kernel: String = "", command: String = "", lab: String = "") {
    (self.program, self.kernel, self.command, self.lab) = (program, kernel, command, lab)
  }
}
