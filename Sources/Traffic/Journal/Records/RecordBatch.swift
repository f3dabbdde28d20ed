/// Records that a reader took from the journal in one go, with their payloads.
public struct RecordBatch: Sendable {
  /// Sequence number of the first record.
  public internal(set) var first = 0
  public internal(set) var records: [Record] = []
  /// Records that had gone before the reader came, and the payload bytes that are gone.
  public internal(set) var lostRecords = 0
  public internal(set) var lostBytes: Int64 = 0
  /// What was known of the records' own sockets, and of the connections that accept(2) returned: a socket may be forgotten
  /// before a reader has looked at its records.
  public internal(set) var sockets: [SocketID: SocketInfo] = [:]
  /// Where in the log of payload bytes the record after the last one read begins, for a reader that reads on.
  var payloadEnd: Int64 = 0
  var bytes: [UInt8] = []
  /// Where in `bytes` each record's payload begins; -1 if it had gone.
  var places: [Int] = []

  public init() {}

  /// Sequence number after the last record: where to read on.
  public var next: Int { first + records.count }

  /// Empties it for records from a sequence number on.
  /// - Parameters:
  ///   - wanted: where it was to begin.
  ///   - position: where the first record's payload lies: payloads lie one behind the other, so what lies between belonged
  ///     to the records that are gone.
  mutating func begin(at first: Int, after wanted: Int, payloadsFrom position: Int64) {
    self.first = first
    lostRecords = first - wanted
    lostBytes = first > wanted ? max(0, position - payloadEnd) : 0
    records.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
    sockets.removeAll(keepingCapacity: true)
  }

  /// One takes no more than about a block of payload.
  var hasRoom: Bool { bytes.count < BlockPool.blockSize }

  /// Takes a record whose payload was added to `bytes`.
  /// - Parameter place: where it begins there; nil if it had gone.
  mutating func append(_ record: Record, at place: Int?) {
    if place == nil { lostBytes += Int64(record.payloadLength) }
    payloadEnd = record.payloadPosition + Int64(record.payloadLength)
    records.append(record)
    places.append(place ?? -1)
  }

  /// The payload of the record at an index of `records`; nil if the journal no longer had it.
  public func payload(_ index: Int) -> ArraySlice<UInt8>? {
    let place = places[index]
    return place < 0 ? nil : bytes[place..<place + Int(records[index].payloadLength)]
  }
}
