import Sockets
import Traffic

extension CommandContext {
  /// Changes how a session receives, or its socket options.
  func set(_ name: String, _ settings: [Setting]) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let result: Result<Void, RefusedOption>? =
        switch session {
        case .listener(let listener): listener.set(settings)
        case .connection(let connection): connection.set(settings)
        case .closed: nil
        case .connecting, .failed: .success(())
        }
      return result?.mapError { .refused("\(name): \($0.message)") }
        ?? .failure(.refused("\(name): it is closed"))
    }
  }
}
