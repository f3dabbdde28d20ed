import Sockets
import Traffic

extension CommandContext {
  /// Answers from now on.
  func on(_ name: String, _ rule: AnswerRule) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .listener(let listener): Answerer.add(rule, to: listener.id, of: runner)
      case .connection(let connection): Answerer.add(rule, to: connection.id, of: runner)
      case .closed: Answerer.check(rule)
      case .connecting, .failed: .success(())
      }
    }
  }
}
