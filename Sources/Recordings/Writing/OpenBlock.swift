import Traffic

/// The records that the next row of the table `block` will have, and what they add up to.
struct OpenBlock {
  /// What is summed up for itself.
  struct SumKey: Hashable {
    var socket: SocketID
    var kind: Record.Kind
    var why: Reason?

    var bits: UInt32 { socket.value &* 7 &+ UInt32(kind.rawValue) &+ (why == .filled ? 31 : 0) }
  }

  struct Sum {
    var count = 0
    var bytes: Int64 = 0
    var waited: Nanoseconds = 0
    var longest: Nanoseconds = 0
  }

  /// Sequence number of the first one.
  private(set) var first = 0
  private(set) var records: [Record] = []
  private(set) var isKept: [Bool] = []
  /// The payloads that are kept.
  private(set) var payload: [UInt8] = []
  private(set) var kinds: RecordKinds = []
  private(set) var sums: [(key: SumKey, sum: Sum)] = []
  private var sumPlaces = FoundPlaces<SumKey>()
  /// Of each socket: the rank of its first record here, and how many there are.
  private(set) var sockets: [(id: SocketID, rank: Int, count: Int)] = []
  private var socketPlaces = FoundPlaces<SocketID>()

  var isEmpty: Bool { records.isEmpty }
  var isFull: Bool {
    records.count == BlockFormat.mostRecords || payload.count >= BlockFormat.fullPayload
  }
  /// Sequence number behind the last one.
  var end: Int { first + records.count }
  /// Where the first payload lies in the journal's.
  var position: Int64 { records.first?.payloadPosition ?? 0 }
  var bytes: Int64 { records.last.map { $0.payloadPosition + Int64($0.payloadLength) - position } ?? 0 }

  mutating func begin(at sequence: Int) {
    self.first = sequence
    records.removeAll(keepingCapacity: true)
    isKept.removeAll(keepingCapacity: true)
    payload.removeAll(keepingCapacity: true)
    sums.removeAll(keepingCapacity: true)
    sumPlaces.removeAll()
    sockets.removeAll(keepingCapacity: true)
    socketPlaces.removeAll()
    kinds = []
  }

  /// - Parameter rank: the record's place among those of its socket.
  mutating func append(_ record: Record, payload bytes: ArraySlice<UInt8>?, rank: Int) {
    records.append(record)
    isKept.append(bytes != nil)
    if let bytes { payload += bytes }
    kinds.formUnion(RecordKinds(record))
    if record.socket != .none {
      let place = socketPlaces.place(of: record.socket, bits: record.socket.value) {
        sockets.append((record.socket, rank, 0))
        return sockets.count - 1
      }
      sockets[place].count += 1
    }
    let key = SumKey(socket: record.socket, kind: record.kind, why: Reason(record))
    let place = sumPlaces.place(of: key, bits: key.bits) {
      sums.append((key, Sum()))
      return sums.count - 1
    }
    sums[place].sum.add(record)
  }
}

extension OpenBlock.Sum {
  fileprivate mutating func add(_ record: Record) {
    count += 1
    if record.kind == .recv || record.kind == .send { bytes += Int64(record.returned ?? 0) }
    waited += record.waited
    longest = max(longest, record.waited)
  }
}
