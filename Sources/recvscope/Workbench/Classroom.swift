import Labs
import Sockets
import Synchronization
import Traffic

/// Those before the screen: the lab's thread tells the screen, and waits for what is pressed there.
final class Classroom: LessonAudience {
  private struct State {
    var reply: LessonReply?
    var isLeft = false
  }

  private let state = Mutex(State())
  /// A reply is there, or the lesson is left.
  private let bell = Bell()
  private let tell: @Sendable (LessonEvent) -> Void

  /// - Parameter tell: is called by the thread that plays.
  init(_ tell: @escaping @Sendable (LessonEvent) -> Void) { self.tell = tell }

  var seesOutcomes: Bool { true }

  func take(_ event: LessonEvent) -> LessonReply {
    if state.withLock({ $0.isLeft }) { return .goOn }
    tell(event)
    if !event.waits { return .goOn }
    while true {
      let (reply, isLeft) = state.withLock { state in
        defer { state.reply = nil }
        return (state.reply, state.isLeft)
      }
      if let reply { return reply }
      if isLeft { return .goOn }
      bell.wait(until: .max)
    }
  }

  func answer(_ reply: LessonReply) {
    state.withLock { $0.reply = reply }
    bell.ring()
  }

  func leave() {
    state.withLock { $0.isLeft = true }
    bell.ring()
  }
}
