import Traffic

/// The run beside one that was recorded, compared beside the screen.
extension Model {
  mutating func openCompare(_ file: String) -> [Effect] {
    statisticsMade += 1
    let request = CompareRequest(id: statisticsMade, file: file, width: layout.help.width - 2)
    overlay = .compare(CompareState(request))
    return [.compare(request)]
  }

  mutating func take(_ news: CompareNews) {
    guard case .compare(var state) = overlay else { return }
    state.take(news)
    overlay = .compare(state)
  }

  /// Scrolls it; any other key closes it.
  mutating func take(_ move: Move?, in compare: CompareState) {
    var compare = compare
    overlay = move.map { compare.take($0, page: layout.help.height) } == true ? .compare(compare) : nil
  }
}
