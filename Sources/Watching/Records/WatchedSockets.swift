import Traffic

/// Which socket of the journal is which of a watched program.
struct WatchedSockets {
  private struct Known {
    var id: SocketID
    var name: String
    var version: Int
    /// Connections that it accepted.
    var accepted = 0
  }

  private let journal: ProgramJournal
  private var known: [Int: Known] = [:]
  /// How many sockets had a name.
  private var used: [String: Int] = [:]

  init(_ journal: ProgramJournal) { self.journal = journal }

  /// Its id; what is known of it is brought up to date.
  mutating func id(of seen: SeenSocket) -> SocketID {
    if let old = known[seen.number] {
      if old.version != seen.version { update(old.id, seen) }
      return old.id
    }
    let name = newName(seen)
    let parent = seen.listener.flatMap { known[$0.number]?.id }
    var info = SocketInfo(
      name: name, kind: seen.kind, role: Self.role(seen), parent: parent, local: seen.local, peer: seen.peer,
      isExposed: Self.isExposed(seen))
    info.isWatched = true
    let id = journal.writer.add(info)
    known[seen.number] = Known(id: id, name: name, version: seen.version)
    return id
  }

  /// It is closed: nothing more comes of it.
  mutating func forget(_ seen: SeenSocket) { known[seen.number] = nil }

  private mutating func update(_ id: SocketID, _ seen: SeenSocket) {
    let (role, local, peer, isExposed) = (Self.role(seen), seen.local, seen.peer, Self.isExposed(seen))
    journal.writer.update(id) { info in
      info.role = role
      info.local = local
      info.peer = peer
      info.isExposed = isExposed
    }
    known[seen.number]?.version = seen.version
  }

  /// `app.fd5`, or after its listener `app.fd5.1`. A descriptor that is used again gives `app.fd5-2`.
  private mutating func newName(_ seen: SeenSocket) -> String {
    if let listener = seen.listener, known[listener.number] != nil {
      known[listener.number]!.accepted += 1  // it is there
      let parent = known[listener.number]!
      return "\(parent.name).\(parent.accepted)"
    }
    let base = "\(journal.name).fd\(seen.descriptor)"
    used[base, default: 0] += 1
    let count = used[base, default: 1]
    return count == 1 ? base : "\(base)-\(count)"
  }

  private static func role(_ seen: SeenSocket) -> SocketInfo.Role {
    if seen.listener != nil { return .accepted }
    if seen.isListening { return .listener }
    return seen.kind.isConnectionOriented || seen.peer != nil ? .client : .bound
  }

  private static func isExposed(_ seen: SeenSocket) -> Bool {
    guard seen.isListening || seen.peer == nil, !seen.kind.isUnix, let local = seen.local else {
      return false
    }
    return !local.hasPrefix("127.") && !local.hasPrefix("[::1]") && !local.hasPrefix("[::ffff:127.")
  }
}
