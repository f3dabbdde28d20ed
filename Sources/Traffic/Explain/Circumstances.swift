import SystemPackage

extension Explanation {
  /// What a record's explanation depends on besides the record.
  public struct Circumstances: Sendable {
    /// So many ready sockets of each set are told by name.
    static let named = 4

    /// What is known of the record's socket.
    public var info: SocketInfo?
    /// The payload, where words depend on it; nil if it is no longer held.
    public var payload: [UInt8]?
    /// What had happened to the socket before.
    public var history = SocketHistory()
    /// What is known of the other end, if it is a socket of this run: how it was closed, and what it had read by then.
    public var peer: Peer?
    /// How the bytes of a chunk were held up on their way; nil if they were not, or it is not known.
    public var delay: SendDelay?
    /// Other sockets that the record speaks of.
    public var others: [SocketID: SocketInfo] = [:]
    /// send of a relay: the recv calls that its bytes came in.
    public var passed: Passed?
    /// segment: where it passed.
    public var interface: String?

    public init() {}

    init(of record: Record, in journal: Journal) {
      if record.socket != .none { info = journal.socket(record.socket)?.info }
      switch record.kind {
      case .wait:
        payload = journal.payload(of: record)
        let sets = payload.flatMap(WaitSets.init) ?? WaitSets()
        for set in [sets.readable, sets.writable, sets.exceptional, sets.events.map(\.socket)] {
          for id in set.prefix(Self.named) { others[id] = journal.socket(id)?.info }
        }
      case .option, .burst: payload = journal.payload(of: record)
      case .accept: if let id = record.connection { others[id] = journal.socket(id)?.info }
      case .recv, .send:
        if record.origin != nil { passed = Passed(record, in: journal) }
        history = SocketHistory(of: record, in: journal)
        delay = SendDelay(of: record, in: journal)
        if record.errno?.endsConnection == true { peer = Peer(of: record.socket, in: journal) }
      case .mark, .shake, .cut, .ask, .answer, .reveal: payload = journal.payload(of: record)
      case .start, .listen, .connect, .shutdown, .close, .expect, .hold, .release, .drop, .call,
        .startProgram, .output, .signal, .unseen, .lost, .exitProgram:
        break
      case .segment: interface = record.address.map(journal.text)
      }
    }
  }

  /// The other end of a connection, when it is over.
  public struct Peer: Sendable, Equatable {
    public var name: String
    /// How it was closed; nil while it is open.
    public var closed: Ending?
    /// Bytes that were sent to it and that it never read.
    public var unread: Int64

    public init(name: String, closed: Ending?, unread: Int64) {
      self.name = name
      self.closed = closed
      self.unread = unread
    }

    /// Nil if the other end is no socket of this run.
    init?(of socket: SocketID, in journal: Journal) {
      guard let id = journal.peer(of: socket), let (info, totals) = journal.socket(id),
        let own = journal.socket(socket)?.totals
      else { return nil }
      let ranks = journal.ranks(of: id)
      let newest = journal.records(
        of: id, in: max(ranks.lowerBound, ranks.upperBound - 64)..<ranks.upperBound)
      self.init(
        name: info.name, closed: newest.last { $0.record.kind == .close }?.record.how,
        unread: max(0, own.sentBytes - totals.receivedBytes))
    }
  }
}
