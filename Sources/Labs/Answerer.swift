import CLinux
import Sockets
import Synchronization
import Traffic

/// Follows what a session's connections receive and sends a burst whenever a rule's pattern, or a message,
/// has come: a reader of the
/// journal. All rules of a session have one, so that their answers come in an order: that of the matches' ends, and of
/// the rules where several end with one byte.
final class Answerer: Sendable {
  /// What it acts on: bytes, the end of a stream, which completes some messages, and the end of its session.
  private static let kinds = RecordKinds { $0.kind == .close || $0.kind == .recv && $0.result >= 0 }

  /// How long a recv() that has returned may take to be recorded: so long a pause is not believed.
  private static let recordPatience: Nanoseconds = 1_000_000

  /// A connection that is to be closed when everything before a record was answered.
  private struct Closing {
    var next: Int
    var close: @Sendable () -> Void
  }

  private let added = Mutex<[FollowedRule]>([])
  private let closings = Mutex<[Closing]>([])
  private let bell = Bell()
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
    check(rule).flatMap {
      start(rule, for: session, of: runner)
    }
  }

  /// Whether the answer can be given now: a missing file is told at once and not when somebody calls.
  static func check(_ rule: AnswerRule) -> Result<Void, CommandFailure> {
    guard case .send(let burst) = rule.action else { return .success(()) }
    do {
      _ = try BurstSchedule(playing: burst)
      return .success(())
    } catch {
      return .failure(.refused("\(error)"))
    }
  }

  private static func start(
    _ rule: AnswerRule, for session: SocketID, of runner: LabRunner
  ) -> Result<Void, CommandFailure> {
    runner.answerers.withLock { answerers in
      if let known = answerers[session] {
        known.add(rule)
        return .success(())
      }
      let answerer = Answerer(session: session, runner: runner)
      let first = answerer.add(rule)
      guard Worker.start("answer", { answerer.follow(from: first) }) else {
        return .failure(.refused(Worker.refusal))
      }
      answerers[session] = answerer
      runner.manager.run.beforeClosing(session) { answerer.closeLater($0) }
      return .success(())
    }
  }

  /// - Returns: the sequence number of the first record that the rule is for.
  @discardableResult
  private func add(_ rule: AnswerRule) -> Int {
    added.withLock { added in
      let first = journal.extent.records.upperBound
      added.append(FollowedRule(rule: rule, first: first))
      return first
    }
  }

  /// What was received so far is answered first.
  private func closeLater(_ close: @escaping @Sendable () -> Void) {
    closings.withLock { $0.append(Closing(next: journal.extent.records.upperBound, close: close)) }
    bell.ring()
  }

  /// Closes what is to be closed once the records before `next` are answered.
  private func closeAnswered(before next: Int) {
    let answered = closings.withLock { closings in
      defer { closings.removeAll { $0.next <= next } }
      return closings.filter { $0.next <= next }
    }
    for closing in answered { closing.close() }
  }

  private func follow(from first: Int) {
    let reader = journal.makeReader()
    var followed = Followed(session: session, journal: journal)
    var batch = RecordBatch()
    var next = first
    while followed.isOpen(session) {
      journal.read(&batch, from: next)
      next = batch.next
      if batch.lostRecords > 0 { followed.forgetClosed() }
      // After the reading: a rule that comes later is for later records.
      added.withLock { added in
        followed.rules += added
        added = []
      }
      for (index, record) in batch.records.enumerated() {
        for match in followed.matches(record, batch.payload(index), at: batch.first + index) {
          answer(match, on: record.socket)
        }
        if record.kind == .close { followed.forget(record.socket) }
      }
      closeAnswered(before: next)
      if batch.records.isEmpty { waitForMore(next, reader, &followed) }
    }
    runner.answerers.withLock { $0[session] = nil }
    runner.manager.run.beforeClosing(session, nil)
    closeAnswered(before: .max)
  }

  /// Waits for records, or for the end of a pause that ends a message.
  private func waitForMore(_ next: Int, _ reader: ReaderID, _ followed: inout Followed) {
    let now = runner.manager.run.clock.now
    let end = followed.pauseEnd.map { $0 + Self.recordPatience }
    if let end, end <= now {
      for (socket, match) in followed.matches(atPause: now) { answer(match, on: socket) }
    } else if journal.wake(reader, when: next, of: Self.kinds, bell.ring) {
      bell.wait(until: end.map { cl_monotonic() + $0 - now } ?? .max)
    }
  }

  private func answer(_ match: MatchedRule, on socket: SocketID) {
    switch (match.rule.action, match.groups) {
    case (.send(let burst), .success(let groups)):
      send(groups.isEmpty ? burst : burst.answering(groups), on: socket)
    case (.send, .failure(let why)):
      runner.manager.run.mark(socket, "an answer was not sent: \(why.reason)")
    case (.perform(let command, let text), .success): perform(command, text, for: socket)
    case (.perform(_, let text), .failure(let why)):
      runner.manager.run.mark(socket, "not done: \(text): \(why.reason)")
    }
  }

  /// Runs a command; what comes of it is a note where it fails.
  private func perform(_ command: Command, _ text: String, for socket: SocketID) {
    let run = runner.manager.run
    run.mark(socket, "do \(text)")
    runner.say(command) { result in
      if case .failure(let failure) = result { run.mark(socket, "do \(text): \(failure.message)") }
    }
  }

  /// Plays an answer; what cannot be sent is a note.
  private func send(_ burst: Burst, on socket: SocketID) {
    let run = runner.manager.run
    guard let name = journal.socket(socket)?.info.name,
      case .open(let connection as Connection) = runner.manager.session(named: name), !connection.isClosed
    else { return run.mark(socket, "an answer was not sent: the socket is closed") }
    do {
      connection.play(try BurstSchedule(playing: burst))
    } catch {
      run.mark(socket, "an answer was not sent: \(error)")
    }
  }
}
