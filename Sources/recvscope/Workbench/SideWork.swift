import Screens
import Sockets

/// Work for one run that the screen does not wait for: what comes of it wakes the loop.
struct SideWork: Sendable {
  private let answers: Answers
  private let bell: Bell
  /// The number of the run. It may be over by then.
  private let run: Int

  init(_ answers: Answers, _ bell: Bell, of run: Int) {
    (self.answers, self.bell, self.run) = (answers, bell, run)
  }

  func tell(_ message: Message) { tell(.message(message)) }

  func tell(_ news: Answers.News) {
    answers.add(news, of: run)
    bell.ring()
  }

  /// Wakes the loop, which looks at how far the work is.
  func showProgress() { bell.ring() }

  /// Does something on a thread of its own.
  /// - Parameters:
  ///   - failure: is told where the system has no thread to give.
  ///   - body: what is told then.
  func start(
    _ name: String, without failure: Message = .answered(Worker.refusal),
    _ body: @escaping @Sendable () -> Message
  ) {
    if !Worker.start(name, { tell(body()) }) { tell(failure) }
  }
}
