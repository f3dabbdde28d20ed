import Sockets
import Traffic

extension CommandContext {
  /// Compares with the journal, and writes down what came of it.
  func expect(_ name: String, _ expectation: Expectation) -> Result<Void, CommandFailure> {
    session(name).flatMap { session in
      let id =
        switch session {
        case .open(let open): open.id
        case .closed(let closed): closed.id ?? .none
        case .connecting, .failed: SocketID.none
        }
      return Judgement.of(expectation, on: id, in: journal, file: FileReader.read)
        .mapError { .refused("\(name): \($0.message)") }
        .flatMap { judgement in
          let (holds, verdict) = (judgement.holds, judgement.verdict)
          if !holds { run.noteFailure() }
          run.writer.append(.expect(id, at: run.clock.now, line: line, holds: holds), verdict)
          if holds { return .success(()) }
          return .failure(.unexpected("\(name): wanted \(verdict.wanted), got \(verdict.got)"))
        }
    }
  }
}
