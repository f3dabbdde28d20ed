import Sockets
import Traffic

extension CommandContext {
  /// One select(2), poll(2) or epoll_wait(2) now.
  func ask(_ call: WaitCallName, _ name: String, timeout: Nanoseconds) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      if case .open(let open) = session, let refusal = notOurs(open) { return .failure(refusal) }
      if timeout > 0 { leaveOrder() }
      let result: Result<Void, FailedCall>? =
        switch session {
        case .open(let open): open.ask(call, timeout: timeout)
        case .closed: nil
        case .connecting, .failed: .success(())
        }
      return result?.mapError { .refused($0.message) } ?? .failure(.refused("\(name) is closed"))
    }
  }
}
