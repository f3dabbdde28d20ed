import Sockets
import Traffic

extension CommandContext {
  /// Answers from now on.
  func on(_ name: String, _ rule: AnswerRule) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      switch session {
      case .open(let open):
        if case .send = rule.action, open is Relay || open is RelayedSession {
          return .failure(.refused(isRelayed(name)))
        }
        if rule.asksMessages, !journal.framesReceived(open.id) {
          return .failure(
            .refused(
              "nothing cuts what \(name) receives into messages: say frame first, such as frame "
                + "\(name) newline"
            ))
        }
        return Answerer.add(rule, to: open.id, of: runner)
      case .closed: return Answerer.check(rule)
      case .connecting, .failed: return .success(())
      }
    }
  }
}
