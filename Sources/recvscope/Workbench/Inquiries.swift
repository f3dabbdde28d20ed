import Recordings
import Screens
import Sockets
import Traffic

/// What is asked about a run beside its screen: a search, statistics and a question in SQL, one of each at a time.
struct Inquiries {
  private let screen: Bell
  private var finder: Finder?
  private var counter: Counter?
  private var questioner: Questioner?

  /// - Parameter screen: is told that there are news.
  init(screen: Bell) { self.screen = screen }

  /// - Returns: why nothing is searched; nil if it is.
  mutating func find(_ request: FindRequest, _ journal: Journal) -> String? {
    stopFinding()
    finder = Finder.start(request, journal, screen: screen)
    return finder == nil ? Worker.refusal : nil
  }

  mutating func stopFinding() {
    finder?.end()
    finder = nil
  }

  /// - Returns: why nothing is counted; nil if it is.
  mutating func count(_ request: StatisticsRequest, _ journal: Journal) -> String? {
    stopCounting()
    counter = Counter.start(request, journal, screen: screen)
    return counter == nil ? Worker.refusal : nil
  }

  mutating func stopCounting() {
    counter?.end()
    counter = nil
  }

  mutating func ask(_ sql: String, of run: WorkbenchRun, _ work: SideWork) {
    questioner?.end()
    questioner = Questioner.start(sql, run.journal, run.opened) { work.tell(.queried($0, of: sql)) }
    if questioner == nil { work.tell(.queried(.mistake(Worker.refusal), of: sql)) }
  }

  /// Ends the question that is open; its answer says so.
  func stopAsking() { questioner?.stop() }

  /// Ends everything, and nothing more is told.
  mutating func end() {
    stopFinding()
    stopCounting()
    questioner?.end()
    questioner = nil
  }

  /// What the search and the statistics have come to since the last time.
  func news() -> [Message] {
    [finder?.take().map { .found($0) }, counter?.take().map { .counted($0) }].compactMap(\.self)
  }
}
