/// What a recorded socket sent, or was sent, ready to go out again: it is read from the recording as it is played.
public struct Replay: Sendable {
  public let order: ReplayOrder
  let source: CallSource
  /// How much it is.
  let measure: BurstMeasure
  /// What had been answered at its end.
  let lastAnswer: AwaitedAnswer
  /// The socket was closed with a reset.
  public let isReset: Bool
  /// The kind of the recorded socket.
  public let kind: SocketKind

  /// What came back then.
  public var answers: CallSource {
    CallSource(source.journal, source.socket, order.direction == .sent ? .received : .sent)
  }

  /// Goes through all of it once, so that nothing is sent of what cannot be sent to its end.
  public init(_ order: ReplayOrder, in journal: Journal) throws(ReplayMistake) {
    self.order = order
    let (socket, info) = try Self.find(order, in: journal)
    kind = info.kind
    source = CallSource(journal, socket, order.direction)
    var walk = ReplayWalk(source, waits: order.waits, limit: order.limit)
    var measure = BurstMeasure()
    while let action = walk.next() {
      measure.actions += 1
      if let bytes = action.payload {
        measure.sends += 1
        measure.bytes += Int64(bytes.count)
        measure.longestPayload = max(measure.longestPayload, Int64(bytes.count))
      }
    }
    if let missing = walk.missing { throw missing }
    measure.length = walk.time
    (self.measure, lastAnswer, isReset) = (measure, walk.lastAnswer, walk.isReset)
  }

  /// The socket that is meant. Costs little.
  public static func find(
    _ order: ReplayOrder, in journal: Journal
  ) throws(ReplayMistake) -> (socket: SocketID, info: SocketInfo) {
    guard let socket = journal.socket(named: order.socket), let known = journal.socket(socket) else {
      throw .noSocket(known: journal.sockets.compactMap { journal.socket($0)?.info.name })
    }
    switch known.info.role {
    case .listener: throw .listener
    case .program: throw .program
    case .accepted, .client, .bound: break
    }
    let totals = known.totals
    let (own, other) =
      order.direction == .sent
      ? (totals.sentBytes, totals.receivedBytes) : (totals.receivedBytes, totals.sentBytes)
    if own == 0 { throw .nothing(other: other) }
    return (socket, known.info)
  }

  /// How many addresses the datagrams of a socket went to, or came from; 0 of one that is connected and names none.
  public static func peers(of socket: SocketID, in journal: Journal, _ direction: Direction) -> Int {
    guard journal.socket(socket)?.info.kind.keepsBoundaries == true else { return 0 }
    var peers: Set<AddressID> = []
    let ranks = journal.ranks(of: socket)
    for rank in stride(from: ranks.lowerBound, to: ranks.upperBound, by: 128) {
      for (_, record) in journal.records(of: socket, in: rank..<min(rank + 128, ranks.upperBound))
      where record.kind == (direction == .sent ? .send : .recv) {
        if let address = record.address { peers.insert(address) }
      }
    }
    return peers.count
  }
}

extension BurstSchedule {
  /// What a recorded socket sent, with its sizes and pauses.
  public init(_ replay: Replay) {
    self.init(
      measure: replay.measure,
      replay: ReplayWalk(replay.source, waits: replay.order.waits, limit: replay.order.limit),
      lastAnswer: replay.lastAnswer)
  }
}
