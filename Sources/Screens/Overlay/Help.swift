/// The help on screen: how far it is scrolled.
struct Help: Sendable {
  /// The first line in view.
  private(set) var top = 0

  /// Scrolls.
  /// - Parameters:
  ///   - page: lines in view.
  ///   - text: what there is to see.
  /// - Returns: false if the step is none of the help's: it is to be closed.
  mutating func take(_ move: Move, page: Int, _ text: HelpText) -> Bool {
    switch move {
    case .line(let count): top += count
    case .page(let count): top += count * page
    case .first: top = 0
    case .side, .last: return false
    }
    top = min(max(0, top), max(0, text.lines.count - page))
    return true
  }
}
