import Traffic

/// The journal's table of sockets as a printer needs it: what was asked for is kept until something changes.
final class SocketNames {
  private let journal: Journal
  private var infos: [SocketID: SocketInfo] = [:]
  private var version = -1

  init(_ journal: Journal) { self.journal = journal }

  /// Forgets what may have changed; once before each batch.
  func refresh() {
    let version = journal.extent.socketsVersion
    if version != self.version { infos = [:] }
    self.version = version
  }

  subscript(id: SocketID) -> SocketInfo? {
    if id == .none { return nil }
    if let known = infos[id] { return known }
    let info = journal.socket(id)?.info
    infos[id] = info
    return info
  }

  func name(_ id: SocketID) -> String { self[id]?.name ?? "" }

  func explanation(of record: Record) -> Explanation { Explanation(record, in: journal) }

  /// Which calls of the other end a record's bytes went through; nil if that end is not in this run.
  func origin(of record: Record) -> String? {
    guard let peer = journal.peer(of: record.socket) else { return nil }
    return Pairing(journal, peer: peer)?.sentence(for: record, peerName: name(peer))
  }

  func text(_ address: AddressID) -> String { journal.text(of: address) }
}
