import Traffic

/// What the journal says of all sockets, followed change by change: what it costs goes with what changed, not with how
/// many sockets there are.
struct SocketTable: Sendable {
  /// One line of the list.
  struct Line: Hashable, Sendable {
    var selection: Selection
    var depth: Int
    /// A listener's connections are shown (true), hidden (false), or there are none (nil).
    var isUnfolded: Bool?
  }

  /// The sockets as they were when the view was frozen.
  private struct Frozen {
    var made: Int
    /// Of those that were not over then; the others do not change.
    var totals: [SocketID: SocketTotals]
    var summary: JournalSummary
  }

  private(set) var extent: Journal.Extent?
  private(set) var summary = JournalSummary()
  /// Every socket that is known, in the order in which they were made.
  private(set) var ids: [SocketID] = []
  private var parents: [SocketID: SocketID] = [:]
  private var children: [SocketID: [SocketID]] = [:]
  private var roots: [SocketID] = []
  /// The list, and what it was made for.
  private var listed: (lines: [Line], folded: Set<SocketID>)?
  private var frozen: Frozen?
  private var journal: Journal?
  /// Of the journal's table, when it was followed last.
  private var version: Int?

  /// - Parameter isFrozen: the sockets stay as they were.
  mutating func refresh(_ journal: Journal, folded: Set<SocketID>, isFrozen: Bool) {
    let now = journal.extent
    extent = now
    self.journal = journal
    if isFrozen, version != nil {
      if frozen == nil { freeze(journal) }
      return
    }
    frozen = nil
    summary = journal.summary
    if version != now.socketsVersion { follow(journal) }
    version = now.socketsVersion
    if listed?.folded != folded { listed = (makeLines(folded), folded) }
  }

  private mutating func freeze(_ journal: Journal) {
    frozen = Frozen(
      made: summary.sockets,
      totals: Dictionary(uniqueKeysWithValues: journal.openSockets.map { ($0.id, $0.totals) }),
      summary: summary)
  }

  private mutating func follow(_ journal: Journal) {
    if let version, let changed = journal.sockets(changedSince: version) {
      var forgotten: Set<SocketID> = []
      for id in changed {
        if let info = journal.socket(id)?.info {
          if ids.last.map({ $0.value < id.value }) ?? true { add(id, info) }
        } else {
          forgotten.insert(id)
        }
      }
      if !forgotten.isEmpty { remove(forgotten) }
    } else {
      (ids, parents, children, roots, listed) = ([], [:], [:], [], nil)
      for id in journal.sockets { if let info = journal.socket(id)?.info { add(id, info) } }
    }
  }

  private mutating func add(_ id: SocketID, _ info: SocketInfo) {
    ids.append(id)
    listed = nil
    guard let parent = info.parent else {
      roots.append(id)
      return
    }
    parents[id] = parent
    children[parent, default: []].append(id)
  }

  private mutating func remove(_ forgotten: Set<SocketID>) {
    ids.removeAll(where: forgotten.contains)
    roots.removeAll(where: forgotten.contains)
    for id in forgotten { children[id] = nil }
    for parent in Set(forgotten.compactMap { parents.removeValue(forKey: $0) }) {
      children[parent]?.removeAll(where: forgotten.contains)
    }
    listed = nil
  }

  func info(_ socket: SocketID) -> SocketInfo? {
    if let frozen, socket.value >= frozen.made { return nil }
    return journal?.socket(socket)?.info
  }

  func totals(_ socket: SocketID) -> SocketTotals? {
    if let frozen {
      if let totals = frozen.totals[socket] { return totals }
      if socket.value >= frozen.made { return nil }
    }
    return journal?.socket(socket)?.totals
  }

  func name(_ socket: SocketID) -> String { info(socket)?.name ?? "" }

  func id(named name: String) -> SocketID? { journal?.socket(named: name) }

  /// The connections of a listener, oldest first.
  func connections(of listener: SocketID) -> [SocketID] { children[listener] ?? [] }

  /// The sockets that are not over, oldest first.
  var open: [SocketID] {
    let ids = frozen.map { Array($0.totals.keys) } ?? journal?.openSockets.map(\.id) ?? []
    return ids.sorted { $0.value < $1.value }
  }

  /// The list as lines: everything, then the sessions with their connections below them.
  func lines(folded: Set<SocketID>) -> [Line] {
    if let listed, listed.folded == folded { return listed.lines }
    return makeLines(folded)
  }

  private func makeLines(_ folded: Set<SocketID>) -> [Line] {
    var lines = [Line(selection: .all, depth: 0)]
    for root in roots {
      let connections = children[root] ?? []
      let isUnfolded = connections.isEmpty ? nil : !folded.contains(root)
      lines.append(Line(selection: .socket(root), depth: 0, isUnfolded: isUnfolded))
      if isUnfolded == true { lines += connections.map { Line(selection: .socket($0), depth: 1) } }
    }
    return lines
  }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  func peer(of socket: SocketID) -> SocketID? { journal?.peer(of: socket) }
}
