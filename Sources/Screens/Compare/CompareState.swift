import Reports

/// The run beside one that was recorded, over the panes: what it comes to, and how far it is scrolled.
struct CompareState: Sendable {
  let request: CompareRequest
  private(set) var lines: [[CompareText.Span]] = []
  private(set) var isOver = false
  /// The first line in view.
  private(set) var top = 0

  init(_ request: CompareRequest) { self.request = request }

  mutating func take(_ news: CompareNews) {
    guard news.id == request.id else { return }
    lines = news.lines
    isOver = true
  }

  /// Scrolls.
  /// - Parameter page: lines in view.
  /// - Returns: false if the step is none of its: it is to be closed.
  mutating func take(_ move: Move, page: Int) -> Bool {
    switch move {
    case .line(let count): top += count
    case .page(let count): top += count * page
    case .first: top = 0
    case .side, .last: return false
    }
    top = min(max(0, top), max(0, lines.count - page))
    return true
  }

  var title: String { "A: this run   B: \(request.file)\(isOver ? "" : "   comparing …")" }
}
