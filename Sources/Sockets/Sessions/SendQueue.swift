import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// What a socket's sending side has still to do, done one after another on a thread that exists while there is work.
final class SendQueue: Sendable {
  enum Job: Sendable {
    case burst(BurstPlay)
    case bytes([UInt8])
    case shutdown(Ending)
    /// Nothing of the socket's.
    case other(@Sendable () -> Void)
    case close(isReset: Bool)
  }

  private struct State {
    var jobs: [Job] = []
    var isWorking = false
    /// The burst under way.
    var playing: BurstPlay?
    /// The thread that works; nil while none does.
    var thread: Thread?
    var waiting: [@Sendable () -> Void] = []

    /// The burst that is played, or will be as soon as the thread is there.
    var current: BurstPlay? { playing ?? jobs.lazy.compactMap(\.burst).first }

    mutating func takeJobs() -> [Job] {
      defer { jobs = [] }
      return jobs
    }
  }

  private let run: Run
  private let id: SocketID
  private let name: String
  private let state = Mutex(State())
  private let mustStop = Atomic(false)

  init(_ run: Run, id: SocketID, name: String) {
    self.run = run
    self.id = id
    self.name = name
  }

  /// True while nothing is queued or under way.
  var isIdle: Bool { state.withLock { !$0.isWorking } }

  /// Calls `body` once, when nothing is queued or under way: now, or from the sending thread.
  func whenIdle(_ body: @escaping @Sendable () -> Void) {
    let isIdle = state.withLock { state in
      if state.isWorking { state.waiting.append(body) }
      return !state.isWorking
    }
    if isIdle { body() }
  }

  /// True once `stop` was called: what is being played ends where it is.
  var isStopped: Bool { mustStop.load(ordering: .acquiring) }

  /// Drops what is queued and interrupts what is under way; waits for its end. Not from the sending thread.
  func stop() {
    mustStop.store(true, ordering: .releasing)
    let dropped = state.withLock { state in
      defer { state.jobs.removeAll() }
      state.playing?.stop()
      return state.jobs.compactMap(\.burst)
    }
    let idle = Latch()
    whenIdle(idle.raise)
    Thread.interrupt(until: idle) { state.withLock { $0.thread } }
    for play in dropped { play.reportUnplayed(.stopped) }
    mustStop.store(false, ordering: .releasing)
  }

  /// Waits until nothing is queued or under way.
  func waitUntilIdle() {
    let idle = Latch()
    whenIdle(idle.raise)
    idle.wait()
  }

  /// Queues a job; nothing happens on a socket that was closed.
  func add(_ job: Job, on connection: Connection) {
    let mustStart: Bool? = state.withLock { state in
      // Looked at under the lock: the thread that closes empties the queue under it. The descriptor's number may be
      // another socket's by now.
      if connection.isClosed { return nil }
      state.jobs.append(job)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    guard let mustStart else {
      job.burst?.reportUnplayed(.closed)
      return
    }
    guard mustStart else { return }
    // Under the lock: the thread is known before `stop` can look for it.
    let started = state.withLock { state in
      Thread.start("send " + name) { self.work(on: connection) }.map { state.thread = $0 }
    }
    switch started {
    case .success: break
    case .failure(let errno):
      run.mark(id, "pthread_create: \(errno.name), nothing is sent")
      // A descriptor that stays open for want of a thread would be the next want.
      if case .close(let isReset) = job { Sender(connection).close(isReset: isReset) }
      abandon()
    }
  }

  // MARK: The burst under way

  /// The burst that is played, or is about to be; nil if there is none.
  var playing: PlayingBurst? {
    let (current, queued) = state.withLock { state in
      let queued = state.jobs.compactMap(\.burst)
      return state.playing.map { ($0, queued.count) } ?? (queued.first, queued.count - 1)
    }
    return current?.look(name: name, queued: queued)
  }

  /// Ends the burst under way where it is and drops those that wait; returns when all are reported. What else is queued,
  /// a close for example, comes next. Not from the sending thread.
  /// - Returns: false if there is no burst.
  func stopBursts() -> Bool {
    let (playing, dropped) = state.withLock { state in
      defer { state.jobs.removeAll { $0.burst != nil } }
      return (state.playing, state.jobs.compactMap(\.burst))
    }
    playing?.stop()
    if let playing {
      Thread.interrupt(until: playing.over) { state.withLock { $0.playing === playing ? $0.thread : nil } }
    }
    for play in dropped { play.reportUnplayed(.stopped) }
    return playing != nil || !dropped.isEmpty
  }

  /// Lets the schedule stand still. Nil if there is no burst, false if it is paused already.
  func pauseBurst() -> Bool? { state.withLock { $0.current }?.pause() }

  /// Nil if there is no burst, false if it is not paused.
  func resumeBurst() -> Bool? { state.withLock { $0.current }?.resume() }

  // MARK: The thread

  private func work(on connection: Connection) {
    // The kernel may delay a sleeper's wake-up by its slack, 50 us by default.
    cl_set_timer_slack(1)
    let sender = Sender(connection)
    while let job = next() {
      // The descriptor's number may be another socket's by now.
      if connection.isClosed { return abandon(job) }
      switch job {
      case .burst(let play):
        var player = Player(play, on: connection)
        player.perform()
      case .bytes(let bytes): sender.send(bytes)
      case .other(let body): body()
      case .shutdown(let how): sender.shutdown(how)
      case .close(let isReset): sender.close(isReset: isReset)
      }
    }
  }

  /// The next job; nil, and this thread's work is over, if there is none.
  private func next() -> Job? {
    let (job, waiting) = state.withLock { state in
      state.playing = nil
      if !state.jobs.isEmpty {
        let job = state.jobs.removeFirst()
        state.playing = job.burst
        return (Optional(job), [@Sendable () -> Void]())
      }
      // An ended thread that is referred to keeps its stack.
      (state.isWorking, state.thread) = (false, nil)
      defer { state.waiting = [] }
      return (nil, state.waiting)
    }
    for body in waiting { body() }
    return job
  }

  /// Drops what is queued: the socket is closed, or there is no thread for it.
  /// - Parameter job: was taken from the queue and not begun.
  private func abandon(_ job: Job? = nil) {
    job?.burst?.reportUnplayed(.closed)
    for play in state.withLock({ $0.takeJobs() }).compactMap(\.burst) { play.reportUnplayed(.closed) }
    let waiting = state.withLock { state in
      (state.isWorking, state.thread) = (false, nil)
      state.playing = nil
      defer { state.waiting = [] }
      return state.waiting
    }
    for body in waiting { body() }
  }
}

extension SendQueue.Job {
  /// The burst, if it is one.
  fileprivate var burst: BurstPlay? { if case .burst(let play) = self { play } else { nil } }
}
