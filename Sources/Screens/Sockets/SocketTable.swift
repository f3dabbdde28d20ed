import Traffic

/// What the journal and the kernel say of all sockets. The journal is followed change by change: what that costs goes
/// with what changed, not with how many sockets there are.
struct SocketTable: Sendable {
  /// The sockets as they were when the view was frozen.
  private struct Frozen {
    var made: Int
    /// Of those that were not over then; the others do not change.
    var totals: [SocketID: SocketTotals]
    var summary: JournalSummary
  }

  /// Connections of a watched listener that are shown without being asked for.
  private static let mostUnfolded = 64

  private(set) var extent: Journal.Extent?
  private(set) var summary = JournalSummary()
  /// Every socket that is known, in the order in which they were made.
  private(set) var ids: [SocketID] = []
  /// The watched programs among them.
  private(set) var programs: [SocketID] = []
  private var parents: [SocketID: SocketID] = [:]
  private var children: [SocketID: [SocketID]] = [:]
  /// The sockets that no listener of this run accepted.
  private(set) var roots: [SocketID] = []
  /// The oldest connection of shakes: the others, which may be thousands, are listed below it.
  private var firstShaken: SocketID?
  /// Changes whenever a socket comes or goes.
  private(set) var arrangement = 0
  private var frozen: Frozen?
  private var journal: Journal?
  /// Of the journal's table, when it was followed last.
  private var version: Int?
  /// What the kernel said last of a socket.
  private var kernel: (socket: SocketID, state: KernelState)?

  /// - Parameter isFrozen: the sockets stay as they were.
  mutating func refresh(_ journal: Journal, isFrozen: Bool) {
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
  }

  /// - Parameter state: nil if the kernel has nothing to say.
  mutating func take(_ state: KernelState?, of socket: SocketID?) {
    kernel = socket.flatMap { socket in state.map { (socket, $0) } }
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
      (ids, programs, parents, children, roots, firstShaken) = ([], [], [:], [:], [], nil)
      arrangement += 1
      for id in journal.sockets { if let info = journal.socket(id)?.info { add(id, info) } }
    }
  }

  private mutating func add(_ id: SocketID, _ info: SocketInfo) {
    ids.append(id)
    arrangement += 1
    if info.role == .program { programs.append(id) }
    let isShaken = info.parent == nil && info.role != .listener && info.name.hasPrefix("shake.")
    guard let parent = info.parent ?? (isShaken ? firstShaken : nil) else {
      roots.append(id)
      if isShaken { firstShaken = id }
      return
    }
    parents[id] = parent
    children[parent, default: []].append(id)
  }

  private mutating func remove(_ forgotten: Set<SocketID>) {
    if let firstShaken, forgotten.contains(firstShaken) { replaceFirstShaken(firstShaken, but: forgotten) }
    ids.removeAll(where: forgotten.contains)
    programs.removeAll(where: forgotten.contains)
    roots.removeAll(where: forgotten.contains)
    for id in forgotten { children[id] = nil }
    for parent in Set(forgotten.compactMap { parents.removeValue(forKey: $0) }) {
      children[parent]?.removeAll(where: forgotten.contains)
    }
    arrangement += 1
  }

  /// What stood below it stands below the next one.
  private mutating func replaceFirstShaken(_ first: SocketID, but forgotten: Set<SocketID>) {
    let others = (children[first] ?? []).filter { !forgotten.contains($0) }
    firstShaken = others.first
    guard let heir = others.first else { return }
    parents[heir] = nil
    roots.append(heir)
    children[heir] = Array(others.dropFirst())
    for id in others.dropFirst() { parents[id] = heir }
  }

  /// What a socket is listed below: its listener, or the first connection of shakes.
  func parent(of socket: SocketID) -> SocketID? { parents[socket] }

  /// Its connections are not shown before somebody wants to see them: those of shakes, and those of a watched program that has many,
  /// as one has that is shaken.
  func startsFolded(_ socket: SocketID) -> Bool {
    socket == firstShaken
      || connections(of: socket).count > Self.mostUnfolded && info(socket)?.isWatched == true
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

  func name(_ socket: SocketID) -> String { info(socket)?.name ?? socket.placeholder }

  func id(named name: String) -> SocketID? { journal?.socket(named: name) }

  /// The watched program that a socket is of, or that it stands for.
  func program(of socket: SocketID) -> SocketID? {
    guard let info = info(socket), info.isWatched else { return nil }
    return programs.first { $0 == socket || info.name.hasPrefix("\(name($0)).fd") }
  }

  /// The newest connection of a program.
  func connection(of program: SocketID) -> SocketID? {
    let prefix = "\(name(program)).fd"
    return ids.last { id in
      guard let info = info(id) else { return false }
      return info.isWatched && info.role != .program && info.role != .listener && info.name.hasPrefix(prefix)
    }
  }

  /// The connections of a listener, or of shakes, oldest first.
  func connections(of listener: SocketID) -> [SocketID] { children[listener] ?? [] }

  /// The sockets that are not over, oldest first.
  var open: [SocketID] {
    let ids = frozen.map { Array($0.totals.keys) } ?? journal?.openSockets.map(\.id) ?? []
    return ids.sorted { $0.value < $1.value }
  }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  func peer(of socket: SocketID) -> SocketID? { journal?.peer(of: socket) }

  /// The socket whose bytes are meant: of a listener or a program its newest connection, nil if it has none; else the socket itself.
  func bearer(of socket: SocketID) -> SocketID? {
    switch info(socket)?.role {
    case .listener?: connections(of: socket).last
    case .program?: connection(of: socket)
    case .accepted?, .client?, .bound?: socket
    case nil: nil
    }
  }

  func canSend(_ socket: SocketID) -> Bool {
    guard let info = info(socket), let totals = totals(socket) else { return false }
    // A relay sends by itself, and so does another program.
    let isOurs = !info.isWatched && info.partner == nil
    return isOurs && info.role != .listener && info.role != .bound && totals.sendEnd == nil
  }

  /// What the kernel says now; nil if it was not asked.
  func kernelState(of socket: SocketID) -> KernelState? { kernel?.socket == socket ? kernel?.state : nil }

  /// The bytes of one way of a socket, as far as the view shows them.
  func stream(of socket: SocketID, _ direction: Direction, in journal: Journal) -> ByteStream {
    guard frozen != nil else { return ByteStream(journal, socket: socket, direction: direction) }
    let totals = totals(socket)
    let end = direction == .received ? totals?.receivedBytes : totals?.sentBytes
    return ByteStream(journal, socket: socket, direction: direction, upTo: end ?? 0)
  }
}
