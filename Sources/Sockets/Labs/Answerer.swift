import CLinux
import SystemPackage
import Traffic

/// Follows what a session's connections receive and sends a burst whenever a pattern has come: a reader of the journal.
final class Answerer: Sendable {
  /// What it acts on: bytes, and the end of its session.
  private static let kinds = RecordKinds { $0.kind == .close || $0.kind == .recv && $0.result > 0 }

  private let rule: AnswerRule
  private let session: SocketID
  private let manager: SessionManager
  private var journal: Journal { manager.run.journal }

  private init(_ rule: AnswerRule, session: SocketID, manager: SessionManager) {
    self.rule = rule
    self.session = session
    self.manager = manager
  }

  /// Starts to follow, from the next record on.
  static func start(
    _ rule: AnswerRule, for session: SessionManager.Session, on manager: SessionManager
  ) -> Result<Void, CommandFailure> {
    let id: SocketID
    switch session {
    case .listener(let listener): id = listener.id
    case .connection(let connection): id = connection.id
    case .connecting, .failed: return .success(())
    }
    do {
      // Read once now, so that a missing file is told at once and not when somebody calls.
      _ = try BurstSchedule(rule.burst, file: FileReader.read)
    } catch {
      return .failure(.refused("\(error)"))
    }
    let answerer = Answerer(rule, session: id, manager: manager)
    let first = manager.run.journal.extent.records.upperBound
    return Thread.start("answer") { answerer.follow(from: first) }
      .map { _ in }.mapError { .refused("pthread_create: \($0.name)") }
  }

  private func follow(from first: Int) {
    let bell = Bell()
    let reader = journal.makeReader()
    var matchers: [SocketID: PatternMatcher] = [:]
    var batch = RecordBatch()
    var next = first
    while !isOver {
      journal.read(&batch, from: next)
      next = batch.next
      for (index, record) in batch.records.enumerated() where isOurs(record) {
        guard let bytes = batch.payload(index), !bytes.isEmpty else { continue }
        let count = matchers[record.socket, default: PatternMatcher(rule.pattern)].search(bytes).count
        for _ in 0..<count { answer(on: record.socket) }
      }
      if batch.records.isEmpty, journal.wake(reader, when: next, of: Self.kinds, bell.ring) {
        _ = bell.wait(until: cl_monotonic() + LabRunner.patience)
      }
    }
  }

  private var isOver: Bool { journal.socket(session).totals.isClosed }

  private func isOurs(_ record: Record) -> Bool {
    guard record.kind == .recv, record.flags.isDisjoint(with: [.peek, .outOfBand]) else { return false }
    return record.socket == session || journal.socket(record.socket).info.parent == session
  }

  private func answer(on socket: SocketID) {
    guard case .connection(let connection) = manager.session(named: journal.socket(socket).info.name),
      let schedule = try? BurstSchedule(rule.burst, file: FileReader.read)
    else { return }
    connection.play(schedule)
  }
}
