import CLinux
import Glibc
import Synchronization
import SystemPackage
import Traffic

/// What a socket's sending side has still to do, done one after another on a thread that exists while there is work.
final class SendQueue: Sendable {
  enum Job: Sendable {
    case burst(BurstSchedule, number: Int, to: SocketAddress?)
    case bytes([UInt8])
    case shutdown(Ending)
    case close(isReset: Bool)
  }

  private struct State {
    var jobs: [Job] = []
    var isWorking = false
    /// The thread of now, or the last one.
    var thread: Thread?
    var waiting: [@Sendable () -> Void] = []
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
    let thread = state.withLock { state in
      state.jobs.removeAll()
      return state.isWorking ? state.thread : nil
    }
    thread?.stop()
    mustStop.store(false, ordering: .releasing)
  }

  /// Waits until nothing is queued or under way.
  func waitUntilIdle() {
    let idle = Flag()
    whenIdle(idle.raise)
    idle.wait()
  }

  /// Queues a job; nothing happens on a socket that was closed.
  func add(_ job: Job, on connection: Connection) {
    let mustStart = state.withLock { state in
      // Looked at under the lock: the thread that closes empties the queue under it. The descriptor's number may be
      // another socket's by now.
      if connection.isClosed { return false }
      state.jobs.append(job)
      defer { state.isWorking = true }
      return !state.isWorking
    }
    guard mustStart else { return }
    // Under the lock: the thread is known before `stop` can look for it.
    let started = state.withLock { state in
      Thread.start("send " + name) { self.work(on: connection) }.map { state.thread = $0 }
    }
    switch started {
    case .success: break
    case .failure(let errno):
      run.record(.mark, socket: id, text: "pthread_create: \(errno.name), nothing is sent")
      abandon()
    }
  }

  private func work(on connection: Connection) {
    // The kernel may delay a sleeper's wake-up by its slack, 50 us by default.
    cl_set_timer_slack(1)
    let sender = Sender(run, connection)
    while let job = next() {
      // The descriptor's number may be another socket's by now.
      if connection.isClosed { return abandon() }
      switch job {
      case .burst(let schedule, let number, let destination):
        sender.play(schedule, number: number, to: destination)
      case .bytes(let bytes): sender.send(bytes)
      case .shutdown(let how): sender.shutdown(how)
      case .close(let isReset): sender.close(isReset: isReset)
      }
    }
  }

  /// The next job; nil, and this thread's work is over, if there is none.
  private func next() -> Job? {
    let (job, waiting) = state.withLock { state in
      if !state.jobs.isEmpty { return (Optional(state.jobs.removeFirst()), [@Sendable () -> Void]()) }
      state.isWorking = false
      defer { state.waiting = [] }
      return (nil, state.waiting)
    }
    for body in waiting { body() }
    return job
  }

  /// Drops what is queued: the socket is closed, or there is no thread for it.
  private func abandon() {
    let waiting = state.withLock { state in
      state.jobs.removeAll()
      state.isWorking = false
      defer { state.waiting = [] }
      return state.waiting
    }
    for body in waiting { body() }
  }
}
