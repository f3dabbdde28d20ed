import Traffic

/// Statistics over the panes: what they come to, and how far they are scrolled. They go on with what comes until they are closed.
struct StatisticsState: Sendable {
  let request: StatisticsRequest
  /// Of what: `server.1`, or everything.
  let subject: String
  private(set) var statistics = TrafficStatistics()
  private(set) var percent = 0
  /// The first line in view.
  private(set) var top = 0

  init(_ request: StatisticsRequest, of subject: String) { (self.request, self.subject) = (request, subject) }

  mutating func take(_ news: StatisticsNews) {
    guard news.id == request.id else { return }
    (statistics, percent) = (news.statistics, news.percent)
  }

  /// Scrolls.
  /// - Parameters:
  ///   - page: lines in view.
  ///   - lines: that there are.
  /// - Returns: false if the step is none of theirs: they are to be closed.
  mutating func take(_ move: Move, page: Int, lines: Int) -> Bool {
    switch move {
    case .line(let count): top += count
    case .page(let count): top += count * page
    case .first: top = 0
    case .side, .last: return false
    }
    top = min(max(0, top), max(0, lines - page))
    return true
  }

  var title: String {
    let condition = request.scope.filter.map { "   where \($0.text)" } ?? ""
    let progress = percent < 100 ? "   \(percent) % so far" : ""
    return "Statistics of \(subject)\(condition)\(progress)"
  }
}
