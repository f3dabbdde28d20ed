import Sockets
import Traffic

extension CommandContext {
  /// Closes a listener, or queues a connection's close(2).
  func close(_ name: String, isReset: Bool) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .open(let open):
        if !(open is WatchedProgram), let refusal = notOurs(open) { return .failure(refusal) }
        open.close(isReset: isReset)
      case .connecting, .failed, .closed: break
      }
      return .success(())
    }
  }
}
