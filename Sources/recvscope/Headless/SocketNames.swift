import Traffic

/// The journal's table of sockets as a printer needs it: read again only when it has changed.
struct SocketNames {
  private let journal: Journal
  private var sockets: [SocketInfo] = []
  private var version = -1

  init(_ journal: Journal) { self.journal = journal }

  /// Takes over what has changed; once before each batch.
  mutating func refresh() {
    let version = journal.extent.socketsVersion
    if version == self.version { return }
    sockets = journal.sockets
    self.version = version
  }

  subscript(id: SocketID) -> SocketInfo? { id == .none ? nil : sockets[Int(id.value)] }

  func name(_ id: SocketID) -> String { self[id]?.name ?? "" }

  func text(_ address: AddressID) -> String { journal.text(of: address) }
}
