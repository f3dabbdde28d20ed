import Sockets
import Traffic

extension CommandContext {
  /// Compares with the journal, and writes down what came of it.
  func expect(_ name: String, _ expectation: Expectation) -> Result<Void, CommandFailure> {
    if case .cuts(let verdict, let count) = expectation {
      let judged = Judgement.cuts(verdict, count, of: sockets(fitting: name), in: journal)
      return record(judged, on: .none, as: name)
    }
    if name.contains("*") { return expectOfAny(name, expectation) }
    return socket(name).flatMap { id in
      judge(expectation, on: id, as: name).flatMap { record($0, on: id, as: name) }
    }
  }

  /// What the journal calls the socket that a session has, or had; `none` if it knows nothing of it any more. A run that was
  /// recorded has sockets and no sessions.
  func socket(_ name: String) -> Result<SocketID, CommandFailure> {
    // A pair's name is no socket's.
    let held = journal.socket(named: name) ?? journal.socket(named: "\(name).\(RelayEnd.client.rawValue)")
    if run.isOver { return held.map { .success($0) } ?? .failure(.refused("there is no socket \(name)")) }
    return session(name).map { session in
      switch session {
      case .open(let open): open.id
      case .closed(let closed): closed.id ?? held ?? .none
      case .connecting, .failed: SocketID.none
      }
    }
  }

  /// The first socket that fits and of which it holds; if there is none, the first that fits.
  private func expectOfAny(_ glob: String, _ expectation: Expectation) -> Result<Void, CommandFailure> {
    let judged = sockets(fitting: glob).compactMap { id in
      (try? judge(expectation, on: id, as: glob).get()).map { (id, $0) }
    }
    guard let (id, judgement) = judged.first(where: { $0.1.holds }) ?? judged.first else {
      return .failure(.refused("there is no socket \(glob)"))
    }
    return record(judgement, on: id, as: glob)
  }

  private func judge(
    _ expectation: Expectation, on id: SocketID, as name: String
  ) -> Result<Judgement, CommandFailure> {
    Judgement.of(expectation, on: id, in: journal, file: FileReader.read)
      .mapError { .refused("\(name): \($0.message)") }
  }

  private func record(
    _ judgement: Judgement, on id: SocketID, as name: String
  ) -> Result<Void, CommandFailure> {
    let (holds, verdict) = (judgement.holds, judgement.verdict)
    if !holds { run.noteFailure() }
    run.writer.append(.expect(id, at: run.clock.now, line: line, holds: holds), verdict)
    if holds { return .success(()) }
    return .failure(.unexpected("\(name): wanted \(verdict.wanted), got \(verdict.got)"))
  }
}
