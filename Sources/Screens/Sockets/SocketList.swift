import Traffic

/// The list of sockets: which one is selected, which listeners are folded, and where it is scrolled to.
struct SocketList: Sendable {
  struct Line: Hashable, Sendable {
    var selection: Selection
    var depth: Int
    /// A listener's connections are shown (true), hidden (false), or there are none (nil).
    var isUnfolded: Bool?
  }

  private(set) var selection = Selection.all
  private var top = 0
  private var folded: Set<SocketID> = [] { didSet { arrangement = nil } }
  private var lines = [Line(selection: .all, depth: 0)]
  /// Of the table, when the lines were made; nil if they have to be made anew.
  private var arrangement: Int?

  /// The lines in view, from the top.
  func lines(height: Int) -> ArraySlice<Line> { lines.dropFirst(top).prefix(height) }

  /// Takes over what sockets there are, and scrolls as little as it takes to show what is selected.
  /// - Parameter height: nil where the list has no place on the screen.
  mutating func settle(_ sockets: SocketTable, height: Int?) {
    if arrangement != sockets.arrangement {
      lines = makeLines(sockets)
      arrangement = sockets.arrangement
    }
    guard let height else { return }
    let place = place
    top = min(top, max(0, lines.count - height))
    if place < top { top = place }
    if place >= top + height { top = place - height + 1 }
  }

  /// Everything, then the sessions with their connections below them.
  private func makeLines(_ sockets: SocketTable) -> [Line] {
    var lines = [Line(selection: .all, depth: 0)]
    for root in sockets.roots {
      let connections = sockets.connections(of: root)
      let isUnfolded = connections.isEmpty ? nil : !folded.contains(root)
      lines.append(Line(selection: .socket(root), depth: 0, isUnfolded: isUnfolded))
      if isUnfolded == true { lines += connections.map { Line(selection: .socket($0), depth: 1) } }
    }
    return lines
  }

  /// Of what is selected.
  private var place: Int { lines.firstIndex { $0.selection == selection } ?? 0 }

  mutating func select(_ next: Selection) { selection = next }

  /// Selects what stands in a row of the list; where none does, nothing happens.
  mutating func select(row: Int) {
    if lines.indices.contains(top + row) { selection = lines[top + row].selection }
  }

  /// - Parameter page: lines of a page.
  mutating func take(_ move: Move, _ sockets: SocketTable, page: Int) {
    switch move {
    case .line(let count): step(by: count)
    case .page(let count): step(by: count * page)
    case .side(let count): fold(by: count, sockets)
    case .first: selection = .all
    case .last: break
    }
  }

  private mutating func step(by count: Int) {
    selection = lines[min(max(0, place + count), lines.count - 1)].selection
  }

  /// To the right a listener's connections are shown; to the left they are hidden, or their listener is selected.
  private mutating func fold(by count: Int, _ sockets: SocketTable) {
    guard case .socket(let socket) = selection else { return }
    if count > 0 {
      folded.remove(socket)
    } else if let parent = sockets.info(socket)?.parent {
      selection = .socket(parent)
    } else {
      folded.insert(socket)
    }
  }
}
