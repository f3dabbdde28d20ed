import CLinux
import Glibc

/// The signals that the screen's loop takes as they come, in place of handlers. See signalfd(2).
struct ScreenSignals: ~Copyable {
  /// What came since the last look, however often.
  struct Arrivals {
    var isResized = false
    /// The terminal's stop key.
    var isStopped = false
    /// What ends the process: the newest signal's number.
    var end: Int32?
  }

  private static let numbers = [SIGWINCH, SIGTSTP, SIGTERM, SIGHUP, SIGINT, SIGQUIT]

  /// Readable when one has come.
  let descriptor: CInt

  /// Threads that were started before still take them.
  init() {
    descriptor = Self.numbers.withUnsafeBufferPointer { cl_signalfd($0.baseAddress!, CInt($0.count)) }
  }

  deinit { close(descriptor) }

  func take() -> Arrivals {
    var arrivals = Arrivals()
    while true {
      switch cl_signalfd_read(descriptor) {
      case 0: return arrivals
      case SIGWINCH: arrivals.isResized = true
      case SIGTSTP: arrivals.isStopped = true
      case let number: arrivals.end = number
      }
    }
  }
}
