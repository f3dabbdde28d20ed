import Sockets
import Synchronization

/// What is said to one socket is done in the order in which it was said, whoever says it: a line of a lab, the prompt, a
/// key.
///
/// A command has its turn when the one before it is done, the reading of its files included, or waits: for a condition,
/// for the return of a call that it has made by hand, for what comes of its connect(2). A command whose socket is not there
/// yet keeps its turn, as what is said to that socket later has to wait for the same. Commands to different sockets have no
/// order among them.
final class CommandOrder: Sendable {
  /// The turn of one command.
  final class Turn: Sendable {
    private let name: String
    private let order: CommandOrder
    private let isOver = Atomic(false)

    fileprivate init(_ name: String, _ order: CommandOrder) {
      self.name = name
      self.order = order
    }

    /// Gives the turn to the next command; later calls do nothing.
    func end() {
      if !isOver.exchange(true, ordering: .acquiringAndReleasing) { order.next(name)?() }
    }
  }

  /// By socket, while somebody has the turn: what begins the commands that wait for theirs.
  private let waiting = Mutex<[String: [@Sendable () -> Void]]>([:])

  /// Waits for the turn.
  func take(_ name: String) -> Turn {
    let latch = Latch()
    if !enter(name, latch.raise) { latch.wait() }
    return Turn(name, self)
  }

  /// Calls `begin` with the turn: now, or when the command before gives it away.
  func take(_ name: String, _ begin: @escaping @Sendable (Turn) -> Void) {
    let turn = Turn(name, self)
    if enter(name, { begin(turn) }) { begin(turn) }
  }

  /// - Returns: true if it is its turn; else `begin` is called later.
  private func enter(_ name: String, _ begin: @escaping @Sendable () -> Void) -> Bool {
    waiting.withLock { waiting in
      if waiting[name]?.append(begin) != nil { return false }
      waiting[name] = []
      return true
    }
  }

  private func next(_ name: String) -> (@Sendable () -> Void)? {
    waiting.withLock { waiting in
      if waiting[name]?.isEmpty == false { return waiting[name]?.removeFirst() }
      waiting[name] = nil
      return nil
    }
  }
}
