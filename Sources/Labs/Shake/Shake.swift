import CLinux
import Sockets
import Synchronization
import SystemPackage
import Traffic

/// Sends messages cut in every way that was asked for, each on a connection of its own, and judges what comes back.
public final class Shake: Sendable {
  /// What is known so far.
  public struct Progress: Sendable {
    /// Nil until the uncut messages were answered.
    public var report: ShakeReport?
    /// The smallest case is looked for.
    public var isReducing = false
    public var smallest: ShakenCase?
    public var isOver = false
    fileprivate var endsSending = false
    /// The answers to the uncut messages.
    fileprivate var right: [[UInt8]] = []
    /// Of a client: what it exits with where nothing is cut.
    fileprivate var rightStatus = 0
  }

  let order: ShakeOrder
  private let context: CommandContext
  private let peer: any ShakenPeer
  private let progress = Mutex(Progress())
  private let wantsToStop = Atomic(false)
  private let next = Atomic(0)
  private let over = Latch()
  /// What was judged last.
  private let lastJudged = Mutex<CutResult?>(nil)
  /// Why it cannot go on.
  private let failure = Mutex<CommandFailure?>(nil)

  init(_ order: ShakeOrder, _ context: CommandContext) {
    (self.order, self.context) = (order, context)
    switch order.target {
    case .server, .address: peer = ShakenServer(order, context)
    case .client(let words, let address): peer = ShakenClient(order, context, words, listen: address)
    }
  }

  public var isOver: Bool { progress.withLock { $0.isOver } }

  public var state: Progress { progress.withLock { $0 } }

  /// Ends it; returns when nothing of the program is left.
  public func stop() {
    wantsToStop.store(true, ordering: .releasing)
    over.wait()
  }

  private var isStopped: Bool { wantsToStop.load(ordering: .acquiring) }

  /// Does all of it; returns when nothing of the program is left.
  func perform() -> Result<Void, CommandFailure> {
    defer {
      peer.stop()
      progress.withLock { $0.isOver = true }
      over.raise()
    }
    return prepared().flatMap { plan, cuts, tokens in
      control(plan).map { ($0, plan, cuts, tokens) }
    }.flatMap { lesson, plan, cuts, tokens in
      let start = ShakeStart(
        target: order.text, messages: plan.messages, framing: order.framing?.text, total: cuts.places.count,
        answer: Array(lesson.oracle.expected.joined().prefix(CutResult.keptAnswer)))
      context.run.writer.append(.shake(at: context.run.clock.now), start)
      progress.withLock { progress in
        progress.report = ShakeReport(start, tokens: tokens)
        progress.endsSending = plan.endsSending
        progress.right = lesson.oracle.expected
        progress.rightStatus = ShakenClient.status(in: lesson.oracle.expected)
      }
      sweep(cuts.places, plan, lesson)
      reduce(plan, lesson)
      return failure.withLock { $0.map { .failure($0) } ?? .success(()) }
    }
  }

  /// Looks for the smallest case of what was found first; what fails only now and then has none.
  private func reduce(_ plan: PartsTalk.Plan, _ lesson: Lesson) {
    guard !isStopped, failure.withLock({ $0 == nil }), let report = state.report, report.ending == nil,
      let found = report.smallest, found.verdict != .unstable, order.reduces
    else { return }
    // What nobody starts again is spared.
    if case .address = order.target {
      let asFound = ShakenCase(
        messages: plan.messages, result: found, answers: lesson.oracle.expected, tried: 0)
      return progress.withLock { $0.smallest = asFound }
    }
    progress.withLock { $0.isReducing = true }
    let reducer = CaseReducer(peer: peer, plan: plan, lesson: lesson, again: order.again) { [self] in
      isStopped
    }
    let smallest = reducer.reduce(found, framing: order.framing, known: report.singles)
    progress.withLock { ($0.smallest, $0.isReducing) = (smallest, false) }
  }

  /// The smallest case as a lab that fails as long as the program does; nil if there is none.
  public var lab: String? {
    let state = state
    guard let smallest = state.smallest, let report = state.report else { return nil }
    let messages = report.start.messages
    let asGiven = ShakenCase(messages: messages, result: smallest.asGiven, answers: state.right, tried: 0)
    let blanks = (try? AnswerBlanks(parsing: order.ignored)) ?? .none
    return CutLab(
      target: order.target, finding: asGiven.sentence(report, framing: order.framing), messages: messages,
      cuts: smallest.asGiven.cuts, verdict: smallest.asGiven.verdict, answers: state.right,
      until: order.answerEnd, framing: order.framing, blanks: blanks, pattern: order.pattern,
      endsWithShutdown: state.endsSending, within: order.limit, status: state.rightStatus
    ).text
  }

  /// What is sent, and where it is cut.
  private func prepared() -> Result<(PartsTalk.Plan, CutPlan, [[MessageToken]]), CommandFailure> {
    do {
      let (messages, endsSending) = try order.dialogue.messages(
        file: FileReader.read, recording: RecordedFile.journal
      ) { try BurstSchedule(playing: $0) }
      let tokens =
        order.framing == nil ? [] : messages.map { MessageTokens.tokens(of: $0, as: order.framing) }
      let cuts = try CutPlan(order.cuts, of: messages, tokens: tokens, seed: order.seed)
      let plan = PartsTalk.Plan(
        messages: messages, endsSending: endsSending, answerEnd: order.answerEnd, framing: order.framing,
        limit: order.limit)
      return .success((plan, cuts, tokens))
    } catch let mistake as ShakeMistake {
      return .failure(.refused("shake: \(mistake.sentence)"))
    } catch {
      return .failure(.refused("shake: \(error)"))
    }
  }

  // MARK: Control

  /// Runs the uncut messages: what is right is what comes back each time.
  private func control(_ plan: PartsTalk.Plan) -> Result<Lesson, CommandFailure> {
    let blanks: AnswerBlanks
    do { blanks = try AnswerBlanks(parsing: order.ignored) } catch {
      return .failure(.refused("--ignore: \(error.message)"))
    }
    var lesson: Lesson?
    for number in 1...order.control {
      switch peer.talk(nil, plan, lesson, { [self] in isStopped }) {
      case .failure(let failure): return .failure(failure)
      case .success(nil):
        return .failure(.unsteady("the program ended with the uncut message, and --restart never"))
      case .success(let talk?):
        if isStopped { return .failure(.unsteady("stopped before the uncut message was answered")) }
        if let wrong = ControlMistake(talk.run, plan, order, lesson?.oracle, number).sentence {
          return .failure(.unsteady(wrong))
        }
        if lesson == nil {
          lesson = Lesson(
            manners: talk.manners, oracle: AnswerOracle(talk.run, blanks: blanks, pattern: order.pattern))
        }
      }
    }
    return .success(lesson!)  // it is run once at least
  }

  // MARK: Cutting

  private func sweep(_ places: [CutPlaces], _ plan: PartsTalk.Plan, _ lesson: Lesson) {
    let sender = CutSender(peer: peer, plan: plan, lesson: lesson) { [self] in isStopped }
    let doubtful = Mutex<[CutPlaces]>([])
    let work: @Sendable () -> Void = { [self] in
      while !isStopped, failure.withLock({ $0 == nil }) {
        let number = next.add(1, ordering: .relaxed).oldValue
        guard number < places.count else { return }
        let place = places[number]
        guard let talk = self.talk(place, sender) else { return }
        if let end = talk.earlierEnd { blame(end) }
        let verdict = sender.verdict(talk)
        if verdict == .same || order.jobs == 1 {
          judge(place, talk, verdict, sender)
        } else {
          // Beside others it may be their fault: it is run again alone.
          doubtful.withLock { $0.append(place) }
        }
      }
    }
    if order.jobs == 1 {
      work()
    } else {
      let over = (0..<min(order.jobs, places.count)).map { _ in Latch() }
      for latch in over
      where !Worker.start(
        "shake",
        {
          work(); latch.raise()
        })
      { latch.raise() }
      for latch in over { latch.wait() }
      for place in doubtful.withLock({ $0.sorted() }) where !isStopped {
        guard let talk = self.talk(place, sender) else { break }
        if let end = talk.earlierEnd { blame(end) }
        judge(place, talk, sender.verdict(talk), sender)
      }
    }
    if !lesson.manners.exits, let end = peer.lateEnd() { blame(end) }
    let isWhole = places.count == progress.withLock({ $0.report?.done ?? 0 })
    if !isWhole, failure.withLock({ $0 == nil }) {
      progress.withLock {
        $0.report?.ending = isStopped ? "stopped" : "the program ended, and --restart never"
      }
    }
  }

  /// A process that ends when its connection is over has crashed by what came there: of one connection at a time that is known.
  private func blame(_ end: String) {
    guard order.jobs == 1, var result = lastJudged.withLock({ $0 }), result.verdict == .same else {
      return context.run.mark(.none, "a process of the program that had no connection any more: \(end)")
    }
    result.verdict = .crash
    result.note = "\(end) after the connection was over"
    let now = context.run.clock.now
    context.run.writer.append(.cut(.none, from: now, to: now, .crash), result)
    progress.withLock { $0.report?.add(result) }
  }

  /// The uncut messages are answered as before: what is right has not changed meanwhile, as a date does.
  private func isStillRight(_ sender: CutSender) -> Bool {
    var difference = ""
    for _ in 0..<max(1, order.control) {
      guard case .success(let talk?) = peer.talk(nil, sender.plan, sender.lesson, { [self] in isStopped })
      else {
        return true
      }
      if sender.verdict(talk) == .same || isStopped { return true }
      difference = sender.lesson.oracle.difference(talk.run) ?? "it is not answered"
    }
    failure.withLock {
      $0 =
        $0
        ?? .unsteady("the uncut message is not answered as at first: \(difference); \(ControlMistake.ways)")
    }
    return false
  }

  /// One run of a cut, and what it came to.
  private struct Run {
    var talk: Talk
    var verdict: CutVerdict

    init(_ talk: Talk, _ verdict: CutVerdict) { (self.talk, self.verdict) = (talk, verdict) }

    /// The program has ended of it, when the connection was over.
    mutating func blame(_ end: String) {
      verdict = .crash
      talk.run.crash = "\(end) after the connection was over"
    }
  }

  /// One connection; nil if that could not be: `failure` says why.
  private func talk(_ place: CutPlaces, _ sender: CutSender) -> Talk? {
    switch sender.run(place) {
    case .success(let talk):
      return isStopped ? nil : talk
    case .failure(let failure):
      self.failure.withLock { $0 = $0 ?? failure }
      return nil
    }
  }

  /// Runs it again if it is not the same, writes down what it came to.
  private func judge(_ place: CutPlaces, _ first: Talk, _ verdict: CutVerdict, _ sender: CutSender) {
    var runs = [Run(first, verdict)]
    // Where nothing can be proven, trying again proves nothing.
    let isHopeless =
      verdict == .unproven && progress.withLock { $0.report?.proven == 0 && $0.report?.done ?? 0 > 0 }
    if verdict != .same, !isHopeless {
      for _ in 0..<order.again where verdict.isFound || runs.last?.verdict != .same {
        guard let next = self.talk(place, sender) else { break }
        if let end = next.earlierEnd { runs[runs.count - 1].blame(end) }
        runs.append(Run(next, sender.verdict(next)))
      }
      // An exit may come after the end of the connection, and is why that ended.
      if let last = runs.last, last.talk.run.end != .open, last.verdict != .crash,
        !sender.lesson.manners.exits,
        let end = peer.lateEnd()
      {
        runs[runs.count - 1].blame(end)
      }
      if runs.contains(where: { $0.verdict == .different }), !isStillRight(sender) { return }
    }
    let verdicts = runs.map(\.verdict)
    let final = CutVerdict(of: verdicts)
    // What is kept is a run that shows it.
    let shown = runs.first { $0.verdict == final } ?? runs.first { $0.verdict.isFound } ?? runs[0]
    let result = CutResult(place, shown.talk.run, verdicts)
    context.run.writer.append(
      .cut(shown.talk.socket, from: first.start, to: context.run.clock.now, final), result)
    lastJudged.withLock { $0 = result }
    progress.withLock { $0.report?.add(result) }
  }
}
