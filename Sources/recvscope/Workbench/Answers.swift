import Screens
import Synchronization

/// Outcomes on their way to the screen's loop.
final class Answers: Sendable {
  private let waiting = Mutex<[Message]>([])

  func add(_ answer: Message) { waiting.withLock { $0.append(answer) } }

  func take() -> [Message] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
