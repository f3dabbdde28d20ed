import CLinux
import Recordings
import Sockets
import Synchronization
import Traffic
import Watching
import Wire

/// Performs the commands of labs and of the prompt on the sockets of one run.
public final class LabRunner: Sendable {
  /// How long a command waits for a socket that is still connecting or not accepted yet.
  static let patience: Nanoseconds = 10_000_000_000

  public let manager: SessionManager
  /// By session.
  let answerers = Mutex<[SocketID: Answerer]>([:])
  /// By name.
  let programs = Mutex<[String: WatchedProgram]>([:])
  /// Sees what they all receive.
  let sight = ProgramSight()
  /// The newest.
  let shaking = Mutex<Shake?>(nil)
  /// What captures the wire, while that is on.
  let wire = Mutex<WireCapture?>(nil)
  /// What writes the run to a file, while something does; the newest.
  let recorder = Mutex<Recorder?>(nil)
  /// What came back of what was played again.
  let verdicts = Mutex<[(text: String, isSame: Bool)]>([])
  /// What a recording tells of where it comes from.
  let origin: RecordingOrigin
  /// Connections that messages were sent on in parts.
  private let talks = Atomic(0)
  private let order = CommandOrder()
  /// Of the terminals that programs get.
  private let windowSize = Mutex(WindowSize.usual)
  /// True where a program gets a terminal unless something else is said.
  let givesTerminals: Bool
  let audience: any LessonAudience
  /// What a lesson asked last.
  let posed = Mutex<CommandContext.Posed?>(nil)
  let leaving = Leaving()

  /// - Parameters:
  ///   - origin: what a recording tells of where it comes from.
  ///   - audience: those before a lesson.
  public init(
    _ manager: SessionManager, givesTerminals: Bool = false, origin: RecordingOrigin = RecordingOrigin(),
    audience: any LessonAudience = WrittenAnswers()
  ) {
    self.manager = manager
    self.origin = origin
    self.givesTerminals = givesTerminals
    self.audience = audience
  }

  /// Of the terminals of programs, now and from now on.
  public var terminalSize: WindowSize {
    get { windowSize.withLock { $0 } }
    set {
      windowSize.withLock { $0 = newValue }
      for program in programs.withLock({ Array($0.values) }) { program.keyboard?.resize(newValue) }
    }
  }

  /// Performs one command when its turn has come, and returns when it has taken effect; `send` returns when its burst is
  /// queued. See `CommandOrder`.
  /// - Parameter line: line number in the lab, for the records of `expect`.
  public func perform(_ command: Command, line: Int) -> Result<Void, CommandFailure> {
    named(command).flatMap { command in
      let turn = command.addressee.map(order.take)
      defer { turn?.end() }
      return CommandContext(runner: self, line: line, turn: turn).perform(command)
    }
  }

  /// The same for a command typed by hand, on a thread of its own: one that waits holds up nobody.
  /// - Parameter done: is called once, from any thread, before the next command to the same socket has its turn. Whoever asks
  ///   for a connection is told how that ended.
  public func say(_ command: Command, done: @escaping @Sendable (Result<Void, CommandFailure>) -> Void) {
    switch named(command) {
    case .failure(let failure): done(.failure(failure))
    case .success(let command):
      guard let name = command.addressee else { return begin(command, nil, done) }
      order.take(name) { self.begin(command, $0, done) }
    }
  }

  private func begin(
    _ command: Command, _ turn: CommandOrder.Turn?,
    _ done: @escaping @Sendable (Result<Void, CommandFailure>) -> Void
  ) {
    let isStarted = Worker.start("command") {
      let context = CommandContext(runner: self, turn: turn, awaitsConnection: true)
      done(context.perform(command))
      turn?.end()
    }
    if isStarted { return }
    done(.failure(.refused(Worker.refusal)))
    turn?.end()
  }

  /// The command with the name of the session that it opens: from now on that can be spoken to.
  private func named(_ command: Command) -> Result<Command, CommandFailure> {
    if manager.run.isOver, !command.isForRecordings {
      return .failure(.refused("this is a run that was recorded: nothing is opened, sent or changed in it"))
    }
    switch command {
    case .listen(let address, var options):
      return manager.reserve(options.name, or: "server").mapError(CommandFailure.open).map {
        options.name = $0
        return .listen(address, options)
      }
    case .connect(let address, var options):
      return manager.reserve(options.name, or: "client").mapError(CommandFailure.open).map {
        options.name = $0
        return .connect(address, options)
      }
    case .relay(let address, let target, var options):
      return manager.reserve(options.name, or: "relay").mapError(CommandFailure.open).map {
        options.name = $0
        return .relay(address, target, options)
      }
    case .watch(var order):
      return manager.reserve(order.name, or: "app").mapError(CommandFailure.open).map {
        order.name = $0
        return .watch(order)
      }
    case .send, .sendTo, .ask, .recv, .accept, .set, .suspend, .resume, .shutdown, .close, .pause, .wait,
      .expect, .mark, .on, .burst, .define, .hold, .release, .drop,
      .frame, .statistics, .type, .shake, .wire, .record, .endRecording, .save, .export, .compare, .say,
      .question,
      .discuss,
      .hint, .step, .reveal, .again, .trials,
      .labs, .handout:
      return .success(command)
    }
  }

  /// Performs the lines of a lab, one after another, until one fails.
  /// - Parameters:
  ///   - reached: is told before each line which one it is, by its place, and after the last one.
  ///   - unexpected: is told of each `expect` and `reveal` that does not hold; the lab goes on.
  public func play(
    _ lab: Lab, reached: (Int) -> Void = { _ in }, unexpected: (String) -> Void
  ) -> LabOutcome {
    var outcome = LabOutcome()
    for (place, line) in lab.lines.enumerated() {
      if leaving.isLeft { break }
      reached(place)
      switch perform(line.command, line: line.number) {
      case .success: break
      case .failure(.unexpected(let message)):
        outcome.isUnexpected = true
        let isReveal = if case .reveal = line.command { true } else { false }
        if isReveal, audience.seesOutcomes { break }
        unexpected("line \(line.number): \(isReveal ? "reveal by" : "expect") \(message)")
      case .failure(let failure):
        outcome.failure = LabOutcome.Failure(line: line, failure: failure)
        outcome.isLeft = leaving.isLeft
        _ = audience.take(.ended(isWhole: false))
        return outcome
      }
    }
    outcome.isLeft = leaving.isLeft
    reached(lab.lines.count)
    _ = audience.take(.ended(isWhole: !outcome.isLeft))
    return outcome
  }

  /// What a shell would say that a watched program returned: 128 and the number of the signal that ended it. Nil while it
  /// runs.
  public func exitStatus(of name: String) -> Int32? {
    switch programs.withLock({ $0[name] })?.programEnd {
    case .exited(let status): status
    case .killed(let signal): 128 + signal
    case nil: nil
    }
  }

  /// Before the end of this process: programs that are to go on can write on, though nobody sees it.
  public func leave() {
    let left = programs.withLock { $0.values.filter { $0.livesOn && !$0.isClosed } }
    let sources = left.flatMap { $0.pump?.open ?? [] }
    if sources.isEmpty { return }
    let kept = (sources + left.compactMap { $0.keyboard?.pipe }).sorted()
    _ = cl_read_away(sources, CInt(sources.count), kept, CInt(kept.count))
  }

  /// What is shaken now, or was last.
  public var shake: Shake? { shaking.withLock { $0 } }

  /// A number for a connection, from 1.
  func nextTalk() -> Int { talks.add(1, ordering: .relaxed).newValue }

  /// Sends standard input on a session until it ends.
  public func pumpInput(to name: String) -> Result<Void, CommandFailure> {
    CommandContext(runner: self).anyConnection(name).map { found in
      found.connection.map { InputPump(connection: $0, journal: manager.run.journal).run() }
    }
  }

  /// What came back of what was played again, a sentence for each connection.
  public var replays: [(text: String, isSame: Bool)] { verdicts.withLock { $0 } }

  /// Waits until every connection attempt has come to its end and everything queued was sent.
  public func finish() -> Result<Void, CommandFailure> {
    _ = wait(limit: .max) { !self.manager.isConnecting }
    if let failure = manager.firstFailure { return .failure(.open(failure)) }
    for connection in manager.connections { connection.waitUntilIdle() }
    for program in programs.withLock({ Array($0.values) }) { program.keyboard?.waitUntilIdle() }
    return .success(())
  }
}
