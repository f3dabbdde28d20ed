import Synchronization
import Traffic

/// Who calls recv(2), or accept(2), on one descriptor: nobody, or one turn of somebody. Never two at once, and nobody
/// after the end.
///
/// One lock is held from the stop of one turn to the start of the next. Whoever calls takes it only when its turn is
/// over, so that whoever holds it and waits for that end does not wait for ever.
final class CallOwner: Sendable {
  private struct State {
    /// The turn under way, or one that ended by itself.
    var turn: Turn?
    var hasEnded = false

    mutating func stop(to why: Interruption) {
      turn?.stop(to: why)
      turn = nil
    }
  }

  private let state = Mutex(State())

  /// Ends the turn under way and does something while nobody calls.
  /// - Parameters:
  ///   - why: the turn is ended, for the record of a call that is interrupted.
  ///   - body: may start the next turn and leave it in its argument.
  /// - Returns: nil, and nothing was done, after the end.
  func change<R: Sendable>(to why: Interruption, _ body: (inout Turn?) -> R) -> R? {
    state.withLock { state in
      if state.hasEnded { return nil }
      state.stop(to: why)
      return body(&state.turn)
    }
  }

  /// The same if no turn is under way.
  /// - Returns: nil, and nothing was done, while one is, or after the end.
  func changeIfIdle<R: Sendable>(_ body: (inout Turn?) -> R) -> R? {
    state.withLock { state in
      guard !state.hasEnded, state.turn?.isOver ?? true else { return nil }
      state.turn = nil
      return body(&state.turn)
    }
  }

  /// Ends the turn under way. When this returns no call is made.
  func stop(to why: Interruption) { change(to: why) { _ in } }

  /// The same for good: the kernel may give the descriptor's number to another socket.
  func end() {
    state.withLock { state in
      state.hasEnded = true
      state.stop(to: .close)
    }
  }
}
