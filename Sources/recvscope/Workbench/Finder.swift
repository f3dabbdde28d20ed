import CLinux
import Screens
import Sockets
import Synchronization
import Traffic

/// A search on a thread of its own, until it is ended: through what is held, and then through what comes.
final class Finder: Sendable {
  private struct State {
    var news: FindNews
    /// There is something in it that nobody has taken.
    var isNews = false
    var isEnded = false
  }

  private static let interval: Nanoseconds = 16_000_000
  /// Matches that wait to be taken at most: with more, the search waits.
  private static let mostWaiting = 1 << 16

  private let state: Mutex<State>
  /// Wakes the thread: what it waits for has come, or somebody took the news or ended the search.
  private let bell = Bell()
  /// Tells the screen that there are news.
  private let screen: Bell

  private init(_ request: FindRequest, screen: Bell) {
    self.screen = screen
    state = Mutex(State(news: FindNews(request)))
  }

  /// - Returns: nil if the system has no thread to give.
  static func start(_ request: FindRequest, _ journal: Journal, screen: Bell) -> Finder? {
    let finder = Finder(request, screen: screen)
    return Worker.start("find") { finder.run(request, journal) } ? finder : nil
  }

  func end() {
    state.withLock { $0.isEnded = true }
    bell.ring()
  }

  /// What was found since the last time; nil if there is nothing new.
  func take() -> FindNews? {
    let news: FindNews? = state.withLock { state in
      guard state.isNews else { return nil }
      state.isNews = false
      defer { state.news.matches = [] }
      return state.news
    }
    if news != nil { bell.ring() }
    return news
  }

  private var isEnded: Bool { state.withLock { $0.isEnded } }

  private func run(_ request: FindRequest, _ journal: Journal) {
    let reader = journal.makeReader()
    defer { journal.forget(reader) }
    var search = JournalSearch(request.pattern, in: journal, of: request.socket)
    var matches: [FoundMatch] = []
    var told: Nanoseconds = 0
    while !isEnded {
      let hasMore = search.goOn(&matches)
      let now = cl_monotonic()
      if !hasMore || now - told >= Self.interval || matches.count >= Self.mostWaiting {
        tell(&matches, search)
        told = now
      }
      if hasMore { continue }
      // What comes is looked at as often as the screen is drawn.
      rest(until: cl_monotonic() + Self.interval)
      if journal.wake(reader, when: search.reached, of: search.kinds, on: request.socket, bell.ring) {
        bell.wait(until: .max)
      }
    }
  }

  private func rest(until time: Nanoseconds) {
    while !isEnded, cl_monotonic() < time { bell.wait(until: time) }
  }

  /// Adds to the news; waits while too many of them wait.
  private func tell(_ matches: inout [FoundMatch], _ search: JournalSearch) {
    while state.withLock({ !$0.isEnded && $0.news.matches.count >= Self.mostWaiting }) {
      bell.wait(until: .max)
    }
    state.withLock { state in
      state.news.matches += matches
      state.news.note(search)
      state.isNews = true
    }
    matches.removeAll(keepingCapacity: true)
    screen.ring()
  }
}
