import Traffic

/// The lesson that is played, and how its pane shows it.
struct ShownLesson: Sendable {
  var state: LessonState
  /// The user may want its room.
  var isShown = true
  /// The first line in view.
  private(set) var top = 0

  init(_ state: LessonState) { self.state = state }

  /// Begins at the top again.
  mutating func restart() { (top, isShown) = (0, true) }

  /// Scrolls.
  /// - Parameters:
  ///   - page: lines in view.
  ///   - lines: that there are.
  mutating func take(_ move: Move, page: Int, lines: Int) {
    switch move {
    case .line(let count): top += count
    case .page(let count): top += count * max(1, page - 1)
    case .first: top = 0
    case .last: top = lines
    case .side: break
    }
    settle(page: page, lines: lines)
  }

  mutating func settle(page: Int, lines: Int) { top = min(max(0, top), max(0, lines - page)) }

  /// Lines below the last in view.
  func below(page: Int, lines: Int) -> Int { max(0, lines - page - top) }
}
