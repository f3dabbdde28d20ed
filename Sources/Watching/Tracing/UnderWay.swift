import CTracing
import Traffic

/// A call that was entered and has not returned.
struct UnderWay {
  let name: CallName
  /// Its arguments, and where in the program it is made.
  let info: trace_call
  let entered: Nanoseconds
  let descriptor: Int32
  let socket: SeenSocket?
  /// What the kernel will have overwritten or thrown away when it returns.
  var before = Before.nothing
  /// When a signal has interrupted it, if one has.
  var interrupted: Nanoseconds = 0

  enum Before {
    case nothing
    case close(Closing)
    /// Of each socket that close_range(2) is to close.
    case closeRange([Int32: Closing])
    /// The three sets of select(2), as they were given, and its timeout; nil is for ever.
    case sets([[UInt64]], timeout: Nanoseconds?)
    /// Of ppoll(2), which leaves the time that is left there.
    case timeout(Nanoseconds?)
  }

  /// What the socket said that it closes.
  var closing: Closing {
    if case .close(let closing) = before { closing } else { .unknown }
  }

  func argument(_ index: Int) -> UInt64 {
    withUnsafeBytes(of: info.arguments) { $0.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self) }
  }

  /// An argument that is an int.
  func int(_ index: Int) -> Int32 { Int32(truncatingIfNeeded: argument(index)) }

  /// True if an entry is that of the same call, made again by the kernel.
  func isEnteredAgain(by entry: trace_call) -> Bool {
    entry.instruction == info.instruction && entry.stack == info.stack
      && (entry.number == info.number || entry.number == trace_restart_number())
  }
}

/// Results that are no result: a signal came, and the kernel goes on with the call, or makes it fail with EINTR, when it
/// knows what the signal does. See errno.h of the kernel.
enum Restart {
  static func contains(_ result: Int64) -> Bool {
    // ERESTARTSYS, ERESTARTNOINTR, ERESTARTNOHAND, ERESTART_RESTARTBLOCK
    result == -512 || result == -513 || result == -514 || result == -516
  }
}
