import Glibc
import Labs
import Reports
import Sockets
import Synchronization
import SystemPackage
import Traffic

/// Runs a lab without a screen: one thread performs the lab, this one prints what the journal holds.
final class HeadlessRun: Sendable {
  /// How long after a look at the journal the next one is taken at the earliest. A wake-up for each record would cost
  /// the receiving thread more than recv itself, and each can hold up a receiver on the same processor.
  private static let interval: Nanoseconds = 10_000_000

  /// What is explained by segments waits for them; an ACK can be delayed by 40 ms.
  private static let lag: Nanoseconds = 60_000_000

  private static let progressInterval: Nanoseconds = 100_000_000

  /// How long Ctrl-C waits for a reader of standard output that takes nothing; a second Ctrl-C does not wait.
  private static let grace: Nanoseconds = 1_000_000_000

  /// How long it waits for one that takes little by little.
  private static let longestGrace: Nanoseconds = 5_000_000_000

  private let lab: Lab
  private let options: HeadlessOptions
  private let signals: Signals
  private let stamping: Stamping?
  private let manager: SessionManager
  let runner: LabRunner
  private let bell = Bell()
  private let outcome = Mutex<LabOutcome?>(nil)
  /// Place of the lab's line that is performed.
  private let reached = Atomic(0)

  init(_ lab: Lab, _ options: HeadlessOptions) {
    self.lab = lab
    self.options = options
    signals = Signals()
    DescriptorLimit.raise()
    stamping = Stamping()
    manager = SessionManager(Run(memory: options.memory, speed: options.speed), allClosed: bell.ring)
    runner = LabRunner(
      manager, origin: .here(lab), audience: WrittenAnswers(options.answers, to: LessonPlan(lab)))
  }

  /// - Returns: the exit status.
  func run() -> Int32 {
    if options.capturesWire, case .failure(let failure) = runner.captureWire() {
      // What is asked for by an option is one thing more to see: the calls are worth seeing without it.
      manager.run.mark(.none, failure.sentence)
      _ = StandardError.say(failure.sentence, status: 0)
    }
    if let file = options.recordedIn, case .failure(let failure) = runner.record(file) {
      return StandardError.say(SafeText.string(failure.description), status: 2)
    }
    let bell = bell
    let started = LabThread.start(
      lab, by: runner, pumpsInputTo: options.pumpsInputTo, closesAtEnd: options.closesAtEnd,
      reached: { self.reached.store($0, ordering: .relaxed) },
      unexpected: { _ = StandardError.say(SafeText.string($0), status: 1) },
      done: { outcome in
        self.outcome.withLock { $0 = outcome }
        bell.ring()
      })
    guard started else { return StandardError.say(Worker.refusal, status: 3) }
    var status = loop()
    manager.removeSocketFiles()
    runner.leave()
    // After the records: the last of them tell how it came to this.
    if status == 1, let cutOff, let limit = options.duration, manager.run.clock.now >= limit {
      status = StandardError.say("--for \(DurationText.spoken(limit)) ended it: \(cutOff)", status: 1)
    }
    // What a signal ended has that as its status.
    if status < 128, let failure = outcome.withLock({ $0?.failure }) {
      status = StandardError.say(failure.message(in: options.file), status: failure.status)
    }
    let replays = runner.replays
    if options.format == nil { for replay in replays { _ = StandardError.say(replay.text, status: 0) } }
    if status == 0, !replays.allSatisfy(\.isSame) { status = 1 }
    status = runner.endRecording(status: status)
    if status == 0, let name = options.exitsAs, let own = runner.exitStatus(of: name) { status = own }
    if options.format == nil, options.tellsSummary {
      StandardError.write(Summary(manager.run.journal, time: manager.run.clock.now).text)
    }
    return status
  }

  /// The lab was done to its last line.
  var isWhole: Bool { outcome.withLock { $0.map { $0.failure == nil && !$0.isLeft } ?? false } }

  /// Prints until there is a reason to end, then what is left.
  private func loop() -> Int32 {
    var printer = Printer(
      manager.run.journal, options.format, shown: options.shown, filter: options.filter,
      showsEvicted: options.showsEvicted, showsMessages: options.showsMessages)
    var output = StandardOutput()
    let clock = manager.run.clock
    let reader = manager.run.journal.makeReader()
    // With a close there may be a reason to end. What is not printed wakes nobody: a wake-up takes the processor from a
    // receiver that is about to be called.
    let wanted = printer.wanted.union(RecordKinds { $0.kind == .close })
    var status: Int32?
    var nextLook: Nanoseconds = 0
    /// When to end although the reader of standard output has not taken all.
    var lastMoment = Nanoseconds.max
    var latestMoment = Nanoseconds.max
    while true {
      if status == nil {
        status = exitStatus()
        if status != nil { stop(&printer) }
      }
      let now = clock.now
      printer.lag = options.explains && runner.isCapturing ? Self.lag : 0
      output.fill(from: &printer, at: now)
      if now >= lastMoment { return status ?? 0 }
      if let failure = output.failure, let last = lastStatus(after: failure) { return last }
      let isDrained = output.isEmpty && printer.isAtEnd && !(status != nil && printer.isHolding)
      if isDrained, let status { return status }
      var deadline = min(status == nil ? options.duration ?? .max : .max, lastMoment)
      if isDrained {
        if now >= nextLook, !manager.run.journal.wake(reader, when: printer.next, of: wanted, bell.ring) {
          nextLook = now + Self.interval
        }
        // What is held is looked at again, though nothing else may come.
        if printer.isHolding { deadline = min(deadline, now + Self.interval) }
        if now < nextLook { deadline = min(deadline, nextLook) }
      }
      if let progress = options.progress {
        progress(runner)
        deadline = min(deadline, now + Self.progressInterval)
      }
      var entries = [
        pollfd(fd: signals.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: output.isEmpty ? -1 : STDOUT_FILENO, events: Int16(POLLOUT), revents: 0),
      ]
      let limit = deadline == .max ? -1 : CInt(clamping: (max(0, deadline - now) + 999_999) / 1_000_000)
      poll(&entries, 3, limit)
      if entries[1].revents != 0 {
        bell.clear()
        nextLook = clock.now + Self.interval
      }
      if entries[2].revents != 0 {
        output.writePiece()
        if lastMoment != .max { lastMoment = min(clock.now + Self.grace, latestMoment) }
      }
      if let signal = signals.next() {
        if lastMoment != .max { return 128 + signal }
        status = 128 + signal
        stop(&printer)
        lastMoment = clock.now + Self.grace
        latestMoment = clock.now + Self.longestGrace
      }
    }
  }

  /// Nothing more is printed than what is there now; what a relay has not passed on yet is told.
  private func stop(_ printer: inout Printer) {
    manager.endRelays()
    runner.endWire()
    runner.endRecording(before: printer.stopAtEnd())
  }

  /// The status to end with, once there is a reason to.
  private func exitStatus() -> Int32? {
    let outcome = outcome.withLock { $0 }
    if let failure = outcome?.failure { return failure.status }
    let statusSoFar = outcome?.status ?? (manager.run.hasFailures ? 1 : 0)
    if let limit = options.duration, manager.run.clock.now >= limit { return cutOff == nil ? statusSoFar : 1 }
    if options.endsWithFirstConnection, manager.hasFirstAcceptedClosed { return statusSoFar }
    guard let outcome else { return nil }
    let isOver = options.stays ? manager.isAllClosed : true
    return isOver ? outcome.status : nil
  }

  /// What `--for` leaves undone: lines of the lab, and bursts whose `within` is not judged. Nil if nothing.
  private var cutOff: String? {
    let hasEnded = outcome.withLock { $0 != nil }
    let lines =
      hasEnded
      ? [] : lab.lines[min(reached.load(ordering: .relaxed), lab.lines.count)...].filter { !$0.text.isEmpty }
    var undone = lines.prefix(Self.linesTold).map {
      "\n  line \($0.number): \(SafeText.string(String($0.text.prefix(120))))"
    }
    if lines.count > Self.linesTold { undone.append("\n  and \(lines.count - Self.linesTold) more") }
    var parts =
      lines.isEmpty
      ? [] : ["\(lines.count) line\(lines.count == 1 ? "" : "s") of the lab not done\(undone.joined())"]
    for burst in manager.playing where burst.isJudged {
      parts.append(
        "burst \(burst.number) of \(SafeText.string(burst.name)) still played, and its `within` not judged")
    }
    return parts.isEmpty ? nil : parts.joined(separator: "\n")
  }

  private static let linesTold = 10

  /// What to end with now that nothing can be printed; nil while the lab has still to be judged.
  private func lastStatus(after failure: Errno) -> Int32? {
    if failure != .brokenPipe { return StandardOutput.tell(failure) }
    // A reader that has seen enough ends what would go on for ever, but no lab whose outcome somebody waits for.
    let outcome = outcome.withLock { $0 }
    return options.stays || outcome != nil ? outcome?.status ?? (manager.run.hasFailures ? 1 : 0) : nil
  }
}
