import Synchronization
import SystemPackage
import Traffic

/// One burst that waits for its turn or is played: what it is, how far it is, and how others stop and pause it.
final class BurstPlay: Sendable {
  /// What the player has to heed.
  enum Order: Sendable {
    /// Go on; the schedule counts from this time of the run.
    case play(beginning: Nanoseconds)
    case wait
    case stop
  }

  private struct State {
    /// When the first action was due, later by all pauses; nil before its turn.
    var beginning: Nanoseconds?
    var pausedAt: Nanoseconds?
    var paused: Nanoseconds = 0
    var isStopped = false
  }

  let number: Int
  let schedule: BurstSchedule
  /// Of a bound datagram socket: whom to send to; nil is whom it heard from last.
  let destination: SocketAddress?
  /// Changes with every order: before a send the player looks at nothing else.
  let signal = Futex()
  /// Raised when it is over and reported.
  let over = Latch()
  private let socket: SocketID
  private let run: Run
  private let state = Mutex(State())
  private let sends = Atomic(0)
  private let bytes = Atomic<Int64>(0)

  init(
    _ schedule: BurstSchedule, number: Int, to destination: SocketAddress?, on socket: SocketID, run: Run
  ) {
    var schedule = schedule
    schedule.speed = run.speed
    self.schedule = schedule
    self.number = number
    self.destination = destination
    self.socket = socket
    self.run = run
    run.burstAdded()
  }

  // MARK: Orders

  func stop() {
    state.withLock { $0.isStopped = true }
    signal.change()
  }

  /// - Returns: false if it is paused already.
  func pause() -> Bool {
    let now = run.clock.now
    let isNew = state.withLock { state in
      guard state.pausedAt == nil else { return false }
      state.pausedAt = now
      return true
    }
    if isNew { signal.change() }
    return isNew
  }

  /// - Returns: false if it is not paused.
  func resume() -> Bool {
    let now = run.clock.now
    let wasPaused = state.withLock { state in
      guard let pausedAt = state.pausedAt else { return false }
      state.pausedAt = nil
      guard let beginning = state.beginning else { return true }
      state.beginning = beginning + now - pausedAt
      state.paused += now - pausedAt
      return true
    }
    if wasPaused { signal.change() }
    return wasPaused
  }

  // MARK: Of the player

  /// Its turn has come.
  func begin(at now: Nanoseconds) {
    state.withLock { state in
      state.beginning = now
      if state.pausedAt != nil { state.pausedAt = now }
    }
  }

  /// What it waited for came so much later than then: the rest of its schedule is as much later.
  func postpone(by time: Nanoseconds) {
    state.withLock { $0.beginning? += time }
    signal.change()
  }

  /// What to do now. Read `signal` before: an order that comes in between then shows.
  var order: Order {
    state.withLock { state in
      if state.isStopped { return .stop }
      return state.pausedAt == nil ? .play(beginning: state.beginning ?? 0) : .wait
    }
  }

  func progress(sends: Int, bytes: Int64) {
    self.sends.store(sends, ordering: .relaxed)
    self.bytes.store(bytes, ordering: .relaxed)
  }

  // MARK: The report

  /// Writes the report, as nothing was sent.
  func reportUnplayed(_ end: BurstReport.End) {
    var report = BurstReport(end)
    let measure = schedule.measure
    report.unsentSends = measure.isTimeExact ? measure.sends : nil
    report.unsentBytes = measure.isExact ? measure.bytes : nil
    let now = run.clock.now
    write(report, from: now, errno: nil)
  }

  /// Writes the report and says that it is over.
  /// - Parameter start: when it began.
  func write(_ report: BurstReport, from start: Nanoseconds, errno: Errno?) {
    var report = report
    report.tolerance = schedule.tolerance
    report.paused = state.withLock { $0.paused + ($0.pausedAt.map { self.run.clock.now - $0 } ?? 0) }
    if report.keptTolerance == false { run.noteFailure() }
    run.writer.append(
      .burst(socket, from: start, to: run.clock.now, number: number, report, failed: errno), report)
    run.burstEnded()
    over.raise()
  }

  // MARK: A look from outside

  /// - Parameter queued: bursts of the socket that wait behind it.
  func look(name: String, queued: Int) -> PlayingBurst {
    let now = run.clock.now
    let (beginning, pausedAt) = state.withLock { ($0.beginning, $0.pausedAt) }
    let measure = schedule.measure
    return PlayingBurst(
      socket: socket, name: name, number: number,
      sends: sends.load(ordering: .relaxed), totalSends: measure.isTimeExact ? measure.sends : nil,
      bytes: bytes.load(ordering: .relaxed), totalBytes: measure.isExact ? measure.bytes : nil,
      time: beginning.map { max(0, (pausedAt ?? now) - $0) } ?? 0,
      length: measure.isTimeExact ? schedule.length : nil, isPaused: pausedAt != nil,
      isJudged: schedule.tolerance != nil, queued: queued)
  }
}
