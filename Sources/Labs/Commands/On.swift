import Sockets
import Traffic

extension CommandContext {
  /// Answers from now on.
  func on(_ name: String, _ rule: AnswerRule) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .open(let open): Answerer.add(rule, to: open.id, of: runner)
      case .closed: Answerer.check(rule)
      case .connecting, .failed: .success(())
      }
    }
  }
}
