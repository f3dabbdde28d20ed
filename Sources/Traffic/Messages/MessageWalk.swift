/// Goes through the records of one socket and cuts their bytes into messages, as far as it is told to. A value: a copy is a
/// checkpoint from which the rest can be cut again.
public struct MessageWalk: Sendable {
  /// Records and bytes that are read at once.
  private static let (batch, bytes) = (256, 64 << 10)

  public let socket: SocketID
  public private(set) var follower: MessageFollower
  /// The rank of the next record.
  public private(set) var rank = 0
  /// Records before this sequence number were taken.
  public private(set) var next = 0

  init(_ socket: SocketID, _ follower: MessageFollower) { (self.socket, self.follower) = (socket, follower) }

  /// Nil where nothing is cut.
  public init?(_ socket: SocketID, _ journal: Journal) {
    guard let follower = journal.follower(of: socket) else { return nil }
    self.init(socket, follower)
  }

  /// Messages of a way that are complete; nil where nothing is cut.
  func count(_ way: Direction) -> Int? { follower.count(way) }

  /// Takes records, and appends the messages that they complete.
  /// - Parameters:
  ///   - end: those from this sequence number on are left out.
  ///   - effort: what may be spent; it shrinks. The last record may cost more than was left.
  /// - Returns: false if none was left.
  public mutating func advance(
    _ journal: Journal, before end: Int = .max, _ effort: inout MessageEffort,
    into messages: inout [PlacedMessage]
  ) -> Bool {
    var buffer: [UInt8] = []
    var completed: [FoundMessage] = []
    rank = max(rank, journal.ranks(of: socket).lowerBound)
    while effort.isLeft {
      var records = journal.records(of: socket, in: rank..<rank + min(Self.batch, effort.records))[...]
      if records.isEmpty { return false }
      // Where some were evicted meanwhile, the next ones come a second time.
      let again = records.prefix { $0.sequence < next }.count
      (rank, records) = (rank + again, records.dropFirst(again))
      let moving = records.lazy.map(\.record).filter { MessageFollower.moves($0.kind) }
      buffer.removeAll(keepingCapacity: true)
      var lengths = journal.payloads(of: Array(moving), upTo: Self.bytes, to: &buffer)[...]
      var place = 0
      // What was evicted meanwhile is missing at the front.
      for (sequence, record) in records {
        if sequence >= end { return false }
        if MessageFollower.moves(record.kind) {
          guard let length = lengths.popFirst() else { break }
          let payload = length.map { buffer[place..<place + $0] }
          place += length ?? 0
          follower.take(record, payload: payload, into: &completed)
          effort.messages -= completed.count
          for (place, found) in completed.enumerated() {
            messages.append(PlacedMessage(socket: socket, found: found, sequence: sequence, place: place + 1))
          }
          completed.removeAll(keepingCapacity: true)
        }
        (rank, next) = (rank + 1, sequence + 1)
        effort.records -= 1
        effort.bytes -= Int(record.payloadLength)
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
}
