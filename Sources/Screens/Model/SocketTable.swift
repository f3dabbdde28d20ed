import Traffic

/// What the journal says of all sockets, taken when it changed.
struct SocketTable: Sendable {
  /// One line of the list.
  struct Line: Hashable, Sendable {
    var selection: Selection
    var depth: Int
    /// A listener's connections are shown (true), hidden (false), or there are none (nil).
    var isUnfolded: Bool?
  }

  private(set) var extent: Journal.Extent?
  private(set) var infos: [SocketInfo] = []
  private(set) var totals: [SocketTotals] = []
  private var children: [SocketID: [SocketID]] = [:]
  private var roots: [SocketID] = []
  private var peers = PeerTable([])
  /// Of the journal's table, when `infos` was taken.
  private var version: Int?

  /// - Parameter isFrozen: the sockets stay as they were.
  mutating func refresh(_ journal: Journal, isFrozen: Bool) {
    let now = journal.extent
    extent = now
    if isFrozen { return }
    totals = journal.totals
    if version != now.socketsVersion || infos.count != totals.count {
      infos = journal.sockets
      // A socket may have come between the two readings.
      totals = journal.totals
      if totals.count > infos.count { totals.removeLast(totals.count - infos.count) }
      arrange()
      version = now.socketsVersion
    }
  }

  private mutating func arrange() {
    peers = PeerTable(infos)
    children = [:]
    roots = []
    for (index, info) in infos.enumerated() {
      let id = SocketID(UInt32(index))
      if let parent = info.parent { children[parent, default: []].append(id) } else { roots.append(id) }
    }
  }

  func info(_ socket: SocketID) -> SocketInfo? {
    infos.indices.contains(Int(socket.value)) ? infos[Int(socket.value)] : nil
  }

  func totals(_ socket: SocketID) -> SocketTotals? {
    totals.indices.contains(Int(socket.value)) ? totals[Int(socket.value)] : nil
  }

  func name(_ socket: SocketID) -> String { info(socket)?.name ?? "" }

  /// The list as lines: everything, then the sessions with their connections below them.
  func lines(folded: Set<SocketID>) -> [Line] {
    var lines = [Line(selection: .all, depth: 0)]
    for root in roots {
      let connections = children[root] ?? []
      let isUnfolded = connections.isEmpty ? nil : !folded.contains(root)
      lines.append(Line(selection: .socket(root), depth: 0, isUnfolded: isUnfolded))
      if isUnfolded == true {
        lines += connections.map { Line(selection: .socket($0), depth: 1) }
      }
    }
    return lines
  }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  func peer(of socket: SocketID) -> SocketID? { peers[socket] }

  var chunks: Int { totals.reduce(0) { $0 + $1.receives } }
  var receivedBytes: Int64 { totals.reduce(0) { $0 + $1.receivedBytes } }
}
