/// One command of a lab or of the `:` prompt, as plain data.
public enum Command: Sendable, Equatable {
  case listen(AddressText, SessionOptions)
  case connect(AddressText, SessionOptions)
  case send(String, Burst)
  case shutdown(String, Ending)
  case close(String, isReset: Bool)
  /// Waits for a length of time.
  case pause(Nanoseconds)
  /// Waits until a condition holds, `limit` at most.
  case wait(String, WaitCondition, limit: Nanoseconds)
  case expect(String, Expectation)
  case mark(String)
}
