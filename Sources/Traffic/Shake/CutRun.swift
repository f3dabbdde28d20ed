/// What one connection came to, on which the messages were sent with one of them cut.
public struct CutRun: Sendable, Equatable {
  /// What came back after each message that was sent.
  public var answers: [[UInt8]]
  public var end: CutResult.End
  /// How a process of the program ended that had the connection: `SIGSEGV`, `status 1`; nil if none did.
  public var crash: String?
  /// Why there is no proof that the program saw the parts; nil if there is one.
  public var doubt: String?
  /// The program's recv and send calls on the connection.
  public var calls: [CutResult.Call]

  /// It ended before the program had called anything on it.
  public var isUntouched: Bool { end != .open && calls.isEmpty && crash == nil }

  public init(
    answers: [[UInt8]], end: CutResult.End, crash: String? = nil, doubt: String? = nil,
    calls: [CutResult.Call] = []
  ) {
    (self.answers, self.end, self.crash, self.doubt, self.calls) = (answers, end, crash, doubt, calls)
  }
}
