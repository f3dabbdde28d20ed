import Traffic

/// The journal's table of sockets as a printer needs it: read again only when it has changed.
struct SocketNames {
  private let journal: Journal
  private var sockets: [SocketInfo] = []
  private var peers = PeerTable([])
  private var version = -1

  init(_ journal: Journal) { self.journal = journal }

  /// Takes over what has changed; once before each batch.
  mutating func refresh() {
    let version = journal.extent.socketsVersion
    if version == self.version { return }
    sockets = journal.sockets
    peers = PeerTable(sockets)
    self.version = version
  }

  subscript(id: SocketID) -> SocketInfo? { id == .none ? nil : sockets[Int(id.value)] }

  func name(_ id: SocketID) -> String { self[id]?.name ?? "" }

  func explanation(of record: Record) -> Explanation { Explanation(record, in: journal) }

  /// Which calls of the other end a record's bytes went through; nil if that end is not in this run.
  func origin(of record: Record) -> String? {
    guard let peer = peers[record.socket] else { return nil }
    return Pairing(journal, peer: peer)?.sentence(for: record, peerName: name(peer))
  }

  func text(_ address: AddressID) -> String { journal.text(of: address) }
}
