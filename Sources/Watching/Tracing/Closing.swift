import CLinux
import CTracing
import Traffic

/// What a socket says before it is closed.
struct Closing {
  let how: Ending
  /// Bytes in its receive queue; nil unknown.
  let unread: Int?

  static let unknown = Closing(how: .normal, unread: nil)

  private init(how: Ending, unread: Int?) {
    self.how = how
    self.unread = unread
  }

  /// Asks the socket behind a descriptor.
  init(_ socket: SeenSocket, _ descriptor: Int32, of process: TracedProcess) {
    var error: CInt = 0
    guard let duplicate = Duplicate(of: descriptor, in: process.pidfd, error: &error) else {
      self = .unknown
      return
    }
    let unread = socket.isListening ? -1 : cl_siocinq(duplicate.descriptor)
    self.init(
      how: trace_resets_at_close(duplicate.descriptor) ? .reset : .normal,
      unread: unread < 0 ? nil : Int(unread))
  }
}
