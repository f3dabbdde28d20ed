import Screens
import Synchronization

/// News on their way to the screen's loop, each with the number of the run that it is of.
final class Answers: Sendable {
  enum News: Sendable {
    case message(Message)
    /// All that the run had opened is closed.
    case ended
  }

  private let waiting = Mutex<[(run: Int, news: News)]>([])

  func add(_ message: Message, of run: Int) { add(.message(message), of: run) }

  func add(_ news: News, of run: Int) { waiting.withLock { $0.append((run, news)) } }

  func take() -> [(run: Int, news: News)] {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting
    }
  }
}
