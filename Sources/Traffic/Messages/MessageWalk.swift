/// Goes through the records of one socket and cuts their bytes into messages, as far as it is told to. A value: a copy is a
/// checkpoint from which the rest can be cut again.
public struct MessageWalk: Sendable {
  private static let batch = 256

  public let socket: SocketID
  public private(set) var follower: MessageFollower
  /// The rank of the next record.
  public private(set) var rank = 0
  /// Records before this sequence number were taken.
  public private(set) var next = 0
  private var completed: [FoundMessage] = []

  init(_ socket: SocketID, _ follower: MessageFollower) { (self.socket, self.follower) = (socket, follower) }

  /// Nil where nothing is cut.
  public init?(_ socket: SocketID, _ journal: Journal) {
    guard let follower = journal.follower(of: socket) else { return nil }
    self.init(socket, follower)
  }

  /// Takes records, and appends the messages that they complete.
  /// - Parameters:
  ///   - end: those from this sequence number on are left out.
  ///   - effort: what may be spent; it shrinks. The last record may cost more than was left.
  /// - Returns: false if none was left.
  public mutating func advance(
    _ journal: Journal, before end: Int = .max, _ effort: inout MessageEffort,
    into messages: inout [PlacedMessage]
  ) -> Bool {
    let ranks = journal.ranks(of: socket)
    rank = max(rank, ranks.lowerBound)
    while effort.isLeft {
      let records = journal.records(of: socket, in: rank..<rank + min(Self.batch, effort.records))
      if records.isEmpty { return false }
      // What was evicted meanwhile is missing at the front.
      for (sequence, record) in records {
        if sequence >= end { return false }
        take(record, sequence, journal, &effort, &messages)
        rank += 1
        if !effort.isLeft { return true }
      }
      rank = max(rank, journal.ranks(of: socket).lowerBound)
    }
    return true
  }

  /// Takes all records that there are, and keeps none of their messages.
  public mutating func advance(_ journal: Journal, _ body: (FoundMessage) -> Void = { _ in }) {
    var messages: [PlacedMessage] = []
    var isMore = true
    while isMore {
      var effort = MessageEffort(records: Self.batch, bytes: .max, messages: .max)
      isMore = advance(journal, &effort, into: &messages)
      for placed in messages { body(placed.found) }
      messages.removeAll(keepingCapacity: true)
    }
  }

  private mutating func take(
    _ record: Record, _ sequence: Int, _ journal: Journal, _ effort: inout MessageEffort,
    _ messages: inout [PlacedMessage]
  ) {
    next = sequence + 1
    effort.records -= 1
    guard MessageFollower.moves(record.kind) else { return }
    let payload = record.payloadLength > 0 ? journal.payload(of: record) : []
    follower.take(record, payload: payload?[...], into: &completed)
    if !completed.isEmpty {
      for (place, found) in completed.enumerated() {
        messages.append(PlacedMessage(socket: socket, found: found, sequence: sequence, place: place + 1))
      }
      effort.messages -= completed.count
      completed.removeAll(keepingCapacity: true)
    }
    effort.bytes -= Int(record.payloadLength)
  }
}
