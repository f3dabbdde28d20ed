import Sockets
import Synchronization
import Traffic

/// Follows what a session's connections receive and sends a burst whenever a rule's pattern has come: a reader of the
/// journal. All rules of a session have one, so that their answers come in an order: that of the matches' ends, and of
/// the rules where several end with one byte.
final class Answerer: Sendable {
  /// What it acts on: bytes, and the end of its session.
  private static let kinds = RecordKinds { $0.kind == .close || $0.kind == .recv && $0.result > 0 }

  /// A rule, and the sequence number of the first record that it is for.
  private struct Entry {
    let rule: AnswerRule
    let first: Int
    var matchers: [SocketID: PatternMatcher] = [:]
  }

  private let added = Mutex<[Entry]>([])
  private let session: SocketID
  private let runner: LabRunner
  private var journal: Journal { runner.manager.run.journal }

  private init(session: SocketID, runner: LabRunner) {
    self.session = session
    self.runner = runner
  }

  /// Answers by a rule too, from the next record on.
  static func add(
    _ rule: AnswerRule, to session: SocketID, of runner: LabRunner
  ) -> Result<Void, CommandFailure> {
    do {
      // Read once now, so that a missing file is told at once and not when somebody calls.
      _ = try BurstSchedule(rule.burst, file: FileReader.read)
    } catch {
      return .failure(.refused("\(error)"))
    }
    return runner.answerers.withLock { answerers in
      if let known = answerers[session] {
        known.add(rule)
        return .success(())
      }
      let answerer = Answerer(session: session, runner: runner)
      let first = answerer.add(rule)
      guard Worker.start("answer", { answerer.follow(from: first) }) else {
        return .failure(.refused("pthread_create: no thread could be started"))
      }
      answerers[session] = answerer
      return .success(())
    }
  }

  /// - Returns: the sequence number of the first record that the rule is for.
  @discardableResult
  private func add(_ rule: AnswerRule) -> Int {
    added.withLock { added in
      let first = journal.extent.records.upperBound
      added.append(Entry(rule: rule, first: first))
      return first
    }
  }

  private func follow(from first: Int) {
    let bell = Bell()
    let reader = journal.makeReader()
    var entries: [Entry] = []
    var batch = RecordBatch()
    var next = first
    while !isOver {
      journal.read(&batch, from: next)
      next = batch.next
      // After the reading: a rule that comes later is for later records.
      added.withLock { added in
        entries += added
        added = []
      }
      for (index, record) in batch.records.enumerated() where isOurs(record) {
        guard let bytes = batch.payload(index), !bytes.isEmpty else { continue }
        for rule in Self.matches(&entries, bytes, of: record, at: batch.first + index) {
          answer(rule, on: record.socket)
        }
      }
      if batch.records.isEmpty, journal.wake(reader, when: next, of: Self.kinds, bell.ring) {
        bell.wait(until: .max)
      }
    }
    runner.answerers.withLock { $0[session] = nil }
  }

  /// The rules whose patterns end in a chunk, in the order of the answers.
  private static func matches(
    _ entries: inout [Entry], _ bytes: ArraySlice<UInt8>, of record: Record, at sequence: Int
  ) -> [AnswerRule] {
    var found: [(end: Int64, place: Int)] = []
    for place in entries.indices where entries[place].first <= sequence {
      let pattern = entries[place].rule.pattern
      // Rules that came at different times count from different bytes.
      let before = entries[place].matchers[record.socket]?.position ?? 0
      let ends = entries[place].matchers[record.socket, default: PatternMatcher(pattern)].search(bytes)
      found += ends.map { ($0 - before, place) }
    }
    return found.sorted { ($0.end, $0.place) < ($1.end, $1.place) }.map { entries[$0.place].rule }
  }

  private var isOver: Bool { journal.socket(session)?.totals.isClosed ?? true }

  private func isOurs(_ record: Record) -> Bool {
    guard record.kind == .recv, record.flags.isDisjoint(with: [.peek, .outOfBand]) else { return false }
    return record.socket == session || journal.socket(record.socket)?.info.parent == session
  }

  private func answer(_ rule: AnswerRule, on socket: SocketID) {
    guard let name = journal.socket(socket)?.info.name,
      case .connection(let connection) = runner.manager.session(named: name),
      let schedule = try? BurstSchedule(rule.burst, file: FileReader.read)
    else { return }
    connection.play(schedule)
  }
}
