import CLinux
import Screens
import Sockets
import Synchronization
import Traffic

/// Statistics on a thread of its own, until they are ended: of what is held, and then of what comes.
final class Counter: Sendable {
  private struct State {
    var news: StatisticsNews?
    var isEnded = false
  }

  /// Pictures move no faster than people look.
  private static let interval: Nanoseconds = 100_000_000

  private let state = Mutex(State())
  /// Wakes the thread: what it waits for has come, or somebody ended it.
  private let bell = Bell()
  /// Tells the screen that there are news.
  private let screen: Bell

  private init(screen: Bell) { self.screen = screen }

  /// - Returns: nil if the system has no thread to give.
  static func start(_ request: StatisticsRequest, _ journal: Journal, screen: Bell) -> Counter? {
    let counter = Counter(screen: screen)
    return Worker.start("stats") { counter.run(request, journal) } ? counter : nil
  }

  func end() {
    state.withLock { $0.isEnded = true }
    bell.ring()
  }

  /// What they come to now; nil if that is known already.
  func take() -> StatisticsNews? {
    state.withLock { state in
      defer { state.news = nil }
      return state.news
    }
  }

  private var isEnded: Bool { state.withLock { $0.isEnded } }

  private func run(_ request: StatisticsRequest, _ journal: Journal) {
    let reader = journal.makeReader()
    defer { journal.forget(reader) }
    var counting = JournalStatistics(request.scope, in: journal)
    var told: Nanoseconds = 0
    while !isEnded {
      let hasMore = counting.goOn()
      let now = cl_monotonic()
      if !hasMore || now - told >= Self.interval {
        state.withLock { $0.news = StatisticsNews(request, counting) }
        screen.ring()
        told = now
      }
      if hasMore { continue }
      while !isEnded, cl_monotonic() < now + Self.interval { bell.wait(until: now + Self.interval) }
      if journal.wake(reader, when: counting.reached, bell.ring) { bell.wait(until: .max) }
    }
  }
}
