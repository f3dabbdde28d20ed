import Traffic

/// What is known of a journal's sockets, asked once for each socket that a batch of records speaks of: what it costs does not
/// grow with the sockets that there ever were.
public final class SocketNames {
  private struct Entry {
    var id: SocketID
    var info: SocketInfo
    /// The other end of its connection, if that is of this run.
    var peer: SocketID?
  }

  /// A power of two. Sockets that share a place are asked for in turn.
  private static let places = 256

  private let journal: Journal
  /// Each socket's place is the end of its id.
  private var known: [Entry?]
  private var version = -1
  /// What the records that are to be printed know of their sockets: some may be forgotten by now.
  private var noted: [SocketID: SocketInfo] = [:]

  public init(_ journal: Journal) {
    self.journal = journal
    known = Array(repeating: nil, count: Self.places)
  }

  /// Forgets what has changed; to be called after each batch was read and before it is printed.
  /// - Parameter isHolding: records of earlier batches are still to be printed.
  func refresh(_ batch: RecordBatch, isHolding: Bool) {
    if isHolding { noted.merge(batch.sockets) { $1 } } else { noted = batch.sockets }
    let version = journal.extent.socketsVersion
    if version == self.version { return }
    for place in known.indices { known[place] = nil }
    self.version = version
  }

  /// What is known of a socket; nil if it is none, or was forgotten before a record of it was read.
  public subscript(id: SocketID) -> SocketInfo? { entry(id)?.info }

  /// The other end of a connection; nil if it is no socket of this run, or it is not certain which.
  func peer(of id: SocketID) -> SocketID? { entry(id)?.peer }

  private func entry(_ id: SocketID) -> Entry? {
    if id == .none { return nil }
    let place = Int(id.value) & (Self.places - 1)
    if let entry = known[place], entry.id == id { return entry }
    guard let info = journal.socket(id)?.info ?? noted[id] else { return nil }
    known[place] = Entry(id: id, info: info, peer: journal.peer(of: id))
    return known[place]
  }

  func name(_ id: SocketID) -> String { self[id]?.name ?? id.placeholder }

  func explanation(of record: Record) -> Explanation { Explanation(record, in: journal) }

  /// Which calls of the other end a record's bytes went through; nil if that end is not in this run.
  func origin(of record: Record) -> String? {
    guard let peer = peer(of: record.socket) else { return nil }
    return Pairing(journal, peer: peer)?.sentence(for: record, peerName: name(peer))
  }

  /// What the wire carried of a call's bytes; nil if nothing is known of it.
  func segments(of record: Record) -> String? {
    SegmentsOfCall(record, in: journal)?.text ?? DatagramOnWire(record, in: journal)?.text
  }

  /// Which recv records the bytes of a relay's send came in.
  func origins(of record: Record) -> [Int] { journal.origins(of: record) }

  func text(_ address: AddressID) -> String { journal.text(of: address) }
}
