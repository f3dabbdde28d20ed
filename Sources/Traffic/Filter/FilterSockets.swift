/// The sockets for which each `any( )` of a filter holds, as far as the journal was looked at.
public struct FilterSockets: Sendable {
  /// Sets smaller than this are not worth a look for sockets that are gone.
  private static let leastPruned = 4096

  private var sets: [Set<SocketID>]
  private var pruneAt = leastPruned

  init(count: Int) { sets = Array(repeating: [], count: count) }

  func contains(_ socket: SocketID, _ place: Int) -> Bool { sets[place].contains(socket) }

  /// - Returns: true if it was not known before.
  mutating func insert(_ socket: SocketID, _ place: Int) -> Bool { sets[place].insert(socket).inserted }

  /// Forgets the sockets that the journal has forgotten, so that there are never many more than it knows.
  public mutating func prune(_ journal: Journal) {
    guard sets.reduce(0, { $0 + $1.count }) >= pruneAt else { return }
    for place in sets.indices { sets[place] = sets[place].filter { journal.socket($0) != nil } }
    pruneAt = max(Self.leastPruned, 2 * sets.reduce(0) { $0 + $1.count })
  }
}
