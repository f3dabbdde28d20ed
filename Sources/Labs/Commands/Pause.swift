import Sockets
import Traffic

extension CommandContext {
  /// Stops calling recv, or accept.
  func suspend(_ name: String) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .open(let open):
        if let refusal = notOurs(open) { return .failure(refusal) }
        open.pause()
      case .connecting, .failed, .closed: break
      }
      return .success(())
    }
  }

  /// Goes on calling it.
  func resume(_ name: String) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let result: Result<Void, RefusedOption>? =
        switch session {
        case .open(let open): open.resume()
        case .closed: nil
        case .connecting, .failed: .success(())
        }
      return result?.mapError { .refused("\(name): \($0.message)") }
        ?? .failure(.refused("\(name): it is closed"))
    }
  }
}
