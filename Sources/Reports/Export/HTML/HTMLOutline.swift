import Traffic

/// What a report will have, which its top says before the rows come: found in a walk of its own.
struct HTMLOutline {
  /// Sockets that are named, and connections that are drawn, at most.
  static let mostSockets = 200
  static let mostDrawings = 12

  private(set) var tally = ExportTally()
  /// The sockets of the rows, in the order in which they come.
  private(set) var sockets: [SocketID] = []
  private(set) var hasMoreSockets = false
  /// Sequence numbers of the rows that are shown.
  private(set) var records: Range<Int> = 0..<0

  init(_ journal: Journal, _ options: ExportOptions) throws {
    let rows = ExportRows(journal, options, HTMLRows.kinds)
    var seen: Set<SocketID> = []
    var bounds: (first: Int, last: Int)?
    var sockets: [SocketID] = []
    var hasMore = false
    try rows.each { row in
      bounds = (bounds?.first ?? row.sequence, row.sequence)
      for id in [row.record.socket, row.record.connection ?? .none] where id != .none {
        if seen.contains(id) { continue }
        if sockets.count == Self.mostSockets {
          hasMore = true
        } else {
          seen.insert(id)
          sockets.append(id)
        }
      }
    }
    tally = rows.tally
    self.sockets = sockets
    hasMoreSockets = hasMore
    if let bounds { records = bounds.first..<bounds.last + 1 }
  }

  /// The connections: both ends of each that are of the run, the client first.
  func connections(_ journal: Journal) -> [[SocketID]] { Self.connections(of: sockets, journal) }

  static func connections(of sockets: [SocketID], _ journal: Journal) -> [[SocketID]] {
    var connections: [[SocketID]] = []
    var drawn: Set<SocketID> = []
    for id in sockets where !drawn.contains(id) {
      guard let (info, totals) = journal.socket(id), info.role != .listener, info.role != .program,
        totals.receives + totals.sends > 0
      else { continue }
      let peer = journal.peer(of: id)
      let ends = info.role == .client ? [id] + (peer.map { [$0] } ?? []) : (peer.map { [$0] } ?? []) + [id]
      drawn.formUnion(ends)
      connections.append(ends)
    }
    return connections
  }
}
