import Synchronization

/// Outcomes of commands on their way to the screen's loop.
final class Answers: Sendable {
  private let waiting = Mutex<[String?]>([])

  func add(_ answer: String?) { waiting.withLock { $0.append(answer) } }

  func take() -> [String?] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
