import Traffic

/// The list of sockets: which one is selected, what is folded, and where it is scrolled to.
struct SocketList: Sendable {
  struct Line: Hashable, Sendable {
    var selection: Selection
    var depth: Int
    /// A listener's connections are shown (true), hidden (false), or there are none (nil).
    var isUnfolded: Bool?
    /// Connections that are hidden.
    var hidden = 0
  }

  private(set) var selection = Selection.all { didSet { if selection != oldValue { arrangement = nil } } }
  private var top = 0
  /// Those that were folded or unfolded by hand.
  private var isFolded: [SocketID: Bool] = [:] { didSet { arrangement = nil } }
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

  /// Everything, then the sessions with their connections below them; where those are hidden, the selected one is not.
  private func makeLines(_ sockets: SocketTable) -> [Line] {
    var lines = [Line(selection: .all, depth: 0)]
    for root in sockets.roots {
      let connections = sockets.connections(of: root)
      let isUnfolded = connections.isEmpty ? nil : !isFolded(root, sockets)
      var line = Line(selection: .socket(root), depth: 0, isUnfolded: isUnfolded)
      var shown = connections
      if isUnfolded == false {
        shown = []
        if case .socket(let selected) = selection, sockets.parent(of: selected) == root { shown = [selected] }
        line.hidden = connections.count - shown.count
      }
      lines.append(line)
      lines += shown.map { Line(selection: .socket($0), depth: 1) }
    }
    return lines
  }

  private func isFolded(_ root: SocketID, _ sockets: SocketTable) -> Bool {
    isFolded[root] ?? sockets.startsFolded(root)
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
    if count < 0, let parent = sockets.parent(of: socket) {
      selection = .socket(parent)
    } else {
      isFolded[socket] = count < 0
    }
  }
}
