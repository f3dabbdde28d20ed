import Sockets
import Traffic

extension CommandContext {
  /// Changes how a session receives, or its socket options.
  func set(_ name: String, _ settings: [Setting]) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let result: Result<Void, RefusedOption>? =
        switch session {
        case .open(let open): open.set(settings)
        case .closed: nil
        case .connecting, .failed: .success(())
        }
      return result?.mapError { .refused("\(name): \($0.message)") }
        ?? .failure(.refused("\(name): it is closed"))
    }
  }
}
