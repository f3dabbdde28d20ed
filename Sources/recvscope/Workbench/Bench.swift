import Labs
import Reports
import Screens
import Sockets
import Synchronization
import Traffic

/// Makes the runs that a workbench shows, one after another.
final class Bench {
  private let limit: Int
  private let speed: Double
  private let wire: Bool
  /// The file that the first run is kept in.
  private var record: String?
  /// What is shown first in place of a lab.
  private var recorded: WorkbenchRun?
  private var played: PlayedLab
  private var lesson: LessonState?
  /// What is open now.
  private var runner: LabRunner?
  /// The newest trials.
  private var repeater: Repeater?

  /// - Parameters:
  ///   - lab: the first one; may have no lines.
  ///   - limit: memory for a journal in bytes.
  ///   - wire: the wire is captured in each run.
  ///   - record: the file that the first run is kept in.
  init(
    _ lab: Lab, named name: String? = nil, limit: Int, speed: Double = 1, wire: Bool = false,
    record: String? = nil
  ) {
    (played, self.limit, self.speed) = (PlayedLab(lab, named: name), limit, speed)
    (self.wire, self.record) = (wire, record)
    lesson = LessonPlan(lab).map { LessonState($0) }
  }

  /// Shows a run that was recorded first.
  convenience init(_ recorded: WorkbenchRun, limit: Int) {
    self.init(Lab(), limit: limit)
    self.recorded = recorded
  }

  /// Makes ready what is to be played next.
  /// - Returns: why it cannot be; nil if it can.
  func prepare(_ request: PlayRequest) -> String? {
    recorded = nil
    switch request {
    case .lab(let name):
      guard let path = LabShelf.shipped(name) else { return "there is no lab \(name)" }
      do {
        played = PlayedLab(try Lab(parsing: try FileReader.read(path)), named: name)
      } catch let mistakes as LabMistakes {
        return mistakes.first.first.map { "\(name), line \($0.line): \($0.message)" }
          ?? "\(name) cannot be read"
      } catch {
        return "\(error)"
      }
    case .again(let settings): played.take(settings)
    case .back(let question, let answers):
      lesson = LessonPlan(played.lab).map { LessonState($0, upTo: question, keeping: answers) }
      lesson?.isAsWritten = played.settings.isEmpty
      return nil
    case .trial(let number):
      guard let repeater, let kept = repeater.kept(number) else { return "run \(number) is not kept" }
      played = repeater.lab
      recorded = WorkbenchRun(kept, titled: "\(played.title) run \(number)")
      recorded?.handOut = played.handOut(kept.journal) { kept.wall }
      return nil
    }
    lesson = LessonPlan(played.lab).map { LessonState($0) }
    lesson?.isAsWritten = played.settings.isEmpty
    return nil
  }

  /// What was made ready, with sockets and a journal of its own. Nothing is opened before it is started.
  func open() -> WorkbenchRun {
    if let recorded {
      (self.recorded, runner) = (nil, nil)
      return recorded
    }
    let screen = Mailbox()
    let classroom = Classroom { screen.tell(.lesson($0)) }
    let manager = SessionManager(Run(memory: limit, speed: speed))
    let runner = LabRunner(manager, givesTerminals: true, origin: .here(played.lab), audience: classroom)
    self.runner = runner
    let (lab, file, wire, record) = (played.lab, played.name, wire, record)
    self.record = nil
    let isOver = Latch()
    var run = WorkbenchRun(runner)
    (run.title, run.isPlayed, run.bursts, run.lesson) = (
      played.title, !lab.lines.isEmpty, lab.definitions, lesson
    )
    run.reply = classroom.answer
    run.handOut = played.handOut(run.journal) { manager.run.clock.wall }
    run.start = { tell in
      screen.open(tell)
      let say: @Sendable (String) -> Void = { tell(.answered($0)) }
      if let record, case .failure(let failure) = runner.record(record) { say(failure.description) }
      if wire, case .failure(let failure) = runner.captureWire() { say(failure.sentence) }
      let isPlaying = LabThread.start(lab, by: runner, unexpected: say) { outcome in
        if let failure = outcome.failure, !outcome.isLeft { say(failure.message(in: file)) }
        isOver.raise()
      }
      if isPlaying { return }
      say("pthread_create: the lab cannot be played")
      isOver.raise()
    }
    run.end = {
      // Programs that are to go on can write on.
      runner.leave()
      runner.leaveLab()
      isOver.wait()
      manager.removeSocketFiles()
      _ = runner.endRecording(status: 0)
    }
    return run
  }

  /// Before the end of the process.
  /// - Returns: the status to end with.
  func leave(status: Int32) -> Int32 {
    repeater?.end()
    guard let runner else { return status }
    runner.manager.removeSocketFiles()
    runner.leave()
    return runner.endRecording(status: status)
  }

  // MARK: Trials

  /// Plays the lab many times beside the screen.
  /// - Parameter screen: is rung when there are news.
  /// - Returns: why that cannot be; nil if it can.
  func repeatLab(_ request: TrialsRequest, screen: Bell) -> String? {
    let sockets = played.lab.countedSockets
    if sockets.isEmpty {
      return "the lab has no `expect` and no `reveal`: there is no socket whose outcomes to count"
    }
    repeater = Repeater.start(
      request, played, sockets: sockets, speed: speed, memory: limit, screen: screen)
    return repeater == nil ? Worker.refusal : nil
  }

  func stopRepeating() { repeater?.leave() }

  /// What trials came to so far; nil if that is known already.
  func takeTrials() -> TrialsNews? { repeater?.take() }
}

/// The way from a lab's thread to the screen, which comes to be after the thread's audience.
private final class Mailbox: Sendable {
  private let screen = Mutex<(@Sendable (Message) -> Void)?>(nil)

  func open(_ tell: @escaping @Sendable (Message) -> Void) { screen.withLock { $0 = tell } }

  func tell(_ message: Message) { screen.withLock { $0 }?(message) }
}
