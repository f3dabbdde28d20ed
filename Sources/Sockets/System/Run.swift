import Glibc
import Synchronization
import Traffic

/// What every part of a run shares: the journal, its clock, and the count of its bursts.
public final class Run: Sendable {
  public let writer: JournalWriter
  public var journal: Journal { writer.journal }
  public let clock: RunClock
  /// How many times as fast bursts are played: 0.5 takes twice as long.
  public let speed: Double
  /// It was recorded and opened again.
  public let isOver: Bool
  /// By session: who has something to say on its connections after their end of stream, before they are closed.
  private let lastWords = Mutex<[SocketID: @Sendable (@escaping @Sendable () -> Void) -> Void]>([:])
  /// Who wants to know which ports are used.
  private let follower = Mutex<(@Sendable (UInt16) -> Void)?>(nil)
  private let bursts = Atomic(0)
  private let failures = Atomic(0)
  /// Bursts that are played or wait for their turn.
  private let pending = Atomic(0)

  /// - Parameters:
  ///   - memory: the journal's limit in bytes.
  ///   - speed: how many times as fast bursts are played, above 0.
  public init(memory: Int, speed: Double = 1) {
    self.speed = speed
    clock = RunClock()
    isOver = false
    // malloc(3) tells where there is no memory; Swift's own ends the process.
    let blocks = BlockMemory(allocate: { malloc($0) }, free: { free($0) })
    writer = JournalWriter(limit: memory, wall: clock.wall, memory: blocks)
  }

  /// A run that was recorded: what is there can be looked at, and nothing is opened or sent any more.
  /// - Parameter wall: the wall clock at its time 0.
  public init(recorded journal: Journal, wall: Nanoseconds) {
    speed = 1
    clock = RunClock(after: journal.summary.latest, wall: wall)
    writer = JournalWriter(to: journal)
    isOver = true
  }

  /// A number for a burst, from 1.
  func nextBurst() -> Int { bursts.add(1, ordering: .relaxed).newValue }

  func burstAdded() { pending.add(1, ordering: .relaxed) }
  func burstEnded() { pending.subtract(1, ordering: .relaxed) }

  /// True while a burst is played or waits for its turn, on any socket. Costs one load.
  public var isPlaying: Bool { pending.load(ordering: .relaxed) > 0 }

  /// True once an `expect`, or a burst's `within`, did not hold.
  public var hasFailures: Bool { failures.load(ordering: .relaxed) > 0 }

  /// Says that an `expect` did not hold.
  public func noteFailure() { failures.add(1, ordering: .relaxed) }

  /// From now on connections of a session that are closed at their end of stream are so when `answer` calls what it is
  /// given: what was asked for before that is then queued before the close. Nil takes that back.
  public func beforeClosing(
    _ session: SocketID, _ answer: (@Sendable (_ close: @escaping @Sendable () -> Void) -> Void)?
  ) {
    lastWords.withLock { $0[session] = answer }
  }

  /// Calls `close`, or has somebody call it who has something to say before.
  func close(_ socket: SocketID, of session: SocketID?, _ close: @escaping @Sendable () -> Void) {
    let answer = lastWords.withLock { words in words[socket] ?? session.flatMap { words[$0] } }
    if let answer { answer(close) } else { close() }
  }

  /// From now on `follow` is told each port before a socket of the run is bound, listens or connects there; nil ends that.
  public func followPorts(_ follow: (@Sendable (_ port: UInt16) -> Void)?) {
    follower.withLock { $0 = follow }
  }

  /// A socket of the run, or of a program that is watched, is about to use a port.
  public func willUse(port: UInt16) {
    if port != 0, let follow = follower.withLock({ $0 }) { follow(port) }
  }

  /// Writes a note.
  public func mark(_ socket: SocketID = .none, _ text: String) {
    writer.append(.mark(socket, at: clock.now), text: text)
  }
}
