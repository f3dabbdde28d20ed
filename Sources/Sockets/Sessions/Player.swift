import SystemPackage
import Traffic

/// Plays one burst on an absolute schedule and reports how it went.
struct Player {
  /// How long before its time a send stops sleeping and spins. A sleep alone ends about 100 us late at the median;
  /// sleeping until 200 us before and spinning was 0.1 us late (2 cores, Linux 6.18).
  private static let spin: Nanoseconds = 200_000

  private enum Way {
    case goesOn
    /// An order came before it was time; nothing was done.
    case waitsAgain
    case ends(BurstReport.End, Errno?)
  }

  private let connection: Connection
  private let play: BurstPlay
  private let sender: Sender
  private let clock: RunClock
  private var schedule: BurstSchedule
  /// The schedule before the action that is waited for, where a pause makes another payload of it.
  private var scheduleBefore: BurstSchedule?
  private var late: Lateness
  private var sends = 0
  private var bytes: Int64 = 0
  /// Of datagrams that were refused.
  private var refusedSends = 0
  private var refusedBytes: Int64 = 0
  /// The burst's time 0 on the run's clock, later by all pauses.
  private var beginning: Nanoseconds = 0
  /// The orders up to this value of the signal were heeded.
  private var heeded: UInt32
  /// The newest reading of the clock.
  private var now: Nanoseconds
  /// Whom a datagram socket without a destination answers to, and its number in the journal.
  private var partner: (address: SocketAddress, id: AddressID)?

  init(_ play: BurstPlay, on connection: Connection) {
    self.play = play
    self.connection = connection
    sender = Sender(connection)
    clock = connection.run.clock
    schedule = play.schedule
    let measure = schedule.measure
    late = Lateness(expecting: measure.isTimeExact ? measure.sends : nil)
    if let destination = play.destination {
      partner = (destination, connection.run.writer.intern(address: destination.text))
    }
    // One less: the first look reads the orders.
    heeded = play.signal.value &- 1
    now = clock.now
  }

  /// Plays it, pauses at its end included, and writes its report.
  mutating func perform() {
    let start = clock.now
    play.begin(at: start)
    var (end, errno) = playActions()
    let isPlayedOut = end == .done
    // Not only then: what came of it is of interest in any case.
    if end != .stopped, !connection.isClosed, let answer = schedule.lastAnswer { _ = wait(for: answer) }
    // What is said to the socket next waits for the end of the schedule.
    if isPlayedOut, !connection.isClosed, !wait(for: schedule.time) { (end, errno) = (.stopped, nil) }
    var report = BurstReport(end)
    report.sends = sends
    report.bytes = bytes
    let measure = schedule.measure
    report.unsentSends = isPlayedOut ? refusedSends : measure.isTimeExact ? measure.sends - sends : nil
    report.unsentBytes = isPlayedOut ? refusedBytes : measure.isExact ? measure.bytes - bytes : nil
    report.medianLate = late.percentile(50)
    report.percentile99Late = late.percentile(99)
    report.maximumLate = late.count > 0 ? late.max : nil
    report.sampled = late.count
    play.write(report, from: start, errno: errno)
  }

  private mutating func playActions() -> (BurstReport.End, Errno?) {
    // Its first action needs the beginning, which a pause before it moves.
    guard wait(for: 0) else { return (.stopped, nil) }
    schedule.beginning = beginning
    if schedule.tellsTime { scheduleBefore = schedule }
    while var action = schedule.next() {
      // Made before the wait, so that nothing that has gone cold lies between its end and the call.
      let template = template(for: action)
      if let answer = action.answer, !take(answer, before: action) { return (.stopped, nil) }
      waiting: while true {
        guard approach(action.time) else { return (.stopped, nil) }
        if beginning != schedule.beginning { makeAnew(&action) }
        switch perform(action, template) {
        case .goesOn: break waiting
        case .waitsAgain: continue
        case .ends(let end, let errno): return (end, errno)
        }
      }
      if scheduleBefore != nil { scheduleBefore = schedule }
    }
    return (.done, nil)
  }

  /// Waits for an answer that had come before an action then; the action keeps its distance from it.
  /// - Returns: false if it does not come, which a mark says, or if it was stopped.
  private mutating func take(_ answer: ScheduledAction.Answer, before action: ScheduledAction) -> Bool {
    if let missing = wait(for: answer.awaited) {
      if !isStopped {
        connection.run.mark(connection.id, "replay: step \(action.step + 1) is not played: \(missing)")
      }
      return false
    }
    guard heed() else { return false }
    now = clock.now
    if now > beginning + answer.time { play.postpone(by: now - beginning - answer.time) }
    return true
  }

  /// - Returns: why it is not there; nil if it is.
  private func wait(for answer: AwaitedAnswer) -> String? {
    let journal = connection.run.journal
    let deadline = clock.now + answer.limit
    let reader = journal.makeReader()
    defer { journal.forget(reader) }
    while true {
      // Both read before it is looked: what comes in between wakes.
      let (next, order) = (journal.extent.records.upperBound, play.signal.value)
      guard !isStopped, let totals = journal.socket(connection.id)?.totals else { return "it was stopped" }
      let isOver = totals.receiveEnd != nil
      if totals.receivedBytes >= answer.bytes, isOver || !answer.isEnd { return nil }
      let came = "\(totals.receivedBytes) of the \(answer.bytes) bytes that it waited for had come"
      if isOver { return "\(came), and nothing more comes" }
      if clock.now >= deadline { return "\(came) after \(Units.duration(answer.limit))" }
      let signal = play.signal
      if journal.wake(reader, when: next, of: Self.news, on: connection.id, { signal.change() }) {
        signal.wait(while: order, until: deadline + clock.origin)
      }
    }
  }

  /// The records with which an answer may be there, or cannot come any more.
  private static let news = RecordKinds { $0.kind == .recv || $0.kind == .shutdown || $0.kind == .close }

  /// A pause came before the action: a payload that tells its time has to tell the one after it.
  private mutating func makeAnew(_ action: inout ScheduledAction) {
    if let scheduleBefore { schedule = scheduleBefore }
    schedule.beginning = beginning
    guard scheduleBefore != nil else { return }
    scheduleBefore = schedule
    action = schedule.next() ?? action
  }

  private mutating func template(for action: ScheduledAction) -> Record {
    var flags = MessageFlags.noSignal
    if case .sendFlagged(_, let flag) = action.action { flags.insert(flag.flag) }
    if play.destination == nil, let newest = connection.lastPartner, newest != partner?.address {
      partner = (newest, connection.run.writer.intern(address: newest.text))
    }
    return .send(
      connection.id, flags: flags, burst: (number: play.number, step: action.step), to: partner?.id)
  }

  @inline(__always)
  private mutating func perform(_ action: ScheduledAction, _ template: Record) -> Way {
    switch action.action {
    case .send(let bytes), .sendFlagged(let bytes, _): return send(bytes, action.time, template)
    case .cork, .uncork, .shutdown, .close, .reset:
      if spin(until: beginning + action.time) == nil { return .waitsAgain }
    }
    switch action.action {
    case .send, .sendFlagged: break
    case .cork, .uncork: sender.apply(cork: action.action == .cork)
    case .shutdown: sender.shutdown(.write)
    case .close, .reset: sender.close(isReset: action.action == .reset)
    }
    return .goesOn
  }

  @inline(__always)
  private mutating func send(_ payload: [UInt8], _ time: Nanoseconds, _ template: Record) -> Way {
    var template = template
    let planned = beginning + time
    template.planned = planned
    let delivery =
      partner == nil
      ? sender.send(payload, as: template, to: nil, at: { spin(until: planned) }, mustStop: { isStopped })
      : sendToPartner(payload, planned, template)
    if case .notBegun = delivery.outcome { return .waitsAgain }
    now = delivery.end
    late.add(delivery.start - planned)
    bytes += Int64(delivery.bytes)
    defer { play.progress(sends: sends, bytes: bytes) }
    switch delivery.outcome {
    case .sent:
      sends += 1
      return .goesOn
    case .refused:
      refusedSends += 1
      refusedBytes += Int64(payload.count)
      return .goesOn
    case .failed(let errno): return .ends(.failed, errno)
    case .stopped: return .ends(.stopped, nil)
    case .notBegun: return .waitsAgain
    }
  }

  private var isStopped: Bool { if case .stop = play.order { true } else { false } }

  /// Apart, as an address is large to pass around.
  @inline(never)
  private func sendToPartner(_ payload: [UInt8], _ planned: Nanoseconds, _ template: Record)
    -> Sender.Delivery
  {
    sender.send(
      payload, as: template, to: partner?.address, at: { spin(until: planned) }, mustStop: { isStopped })
  }

  /// Waits for a time of the schedule, which pauses move.
  /// - Returns: false if it was stopped.
  private mutating func wait(for time: Nanoseconds) -> Bool {
    while approach(time) {
      if spin(until: beginning + time) != nil { return true }
    }
    return false
  }

  /// Spins until a time of the run.
  /// - Returns: the reading of the clock that ended it; nil if an order came first.
  @inline(__always)
  private func spin(until planned: Nanoseconds) -> Nanoseconds? {
    var now = clock.now
    while now < planned {
      if play.signal.value != heeded { return nil }
      now = clock.now
    }
    return now
  }

  /// Sleeps until shortly before a time of the schedule, which pauses move.
  /// - Returns: false if it was stopped.
  @inline(__always)
  private mutating func approach(_ time: Nanoseconds) -> Bool {
    // Back to back, the call before has shown that the time has come, and there is no order to heed.
    if play.signal.value == heeded, now >= beginning + time { return true }
    return sleep(untilShortlyBefore: time)
  }

  @inline(never)
  private mutating func sleep(untilShortlyBefore time: Nanoseconds) -> Bool {
    while true {
      guard heed() else { return false }
      let wakeUp = beginning + time - Self.spin
      now = clock.now
      while now < wakeUp, play.signal.value == heeded {
        play.signal.wait(while: heeded, until: wakeUp + clock.origin)
        now = clock.now
      }
      if play.signal.value == heeded { return true }
    }
  }

  /// Takes over new orders; a pause ends here. Costs nothing while there are none.
  /// - Returns: false if it was stopped.
  private mutating func heed() -> Bool {
    while play.signal.value != heeded {
      heeded = play.signal.value
      switch play.order {
      case .stop: return false
      case .play(let beginning): self.beginning = beginning
      case .wait: while play.signal.value == heeded { play.signal.wait(while: heeded, until: .max) }
      }
    }
    return true
  }
}
