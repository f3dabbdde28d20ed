/// One field of all records of a block, as whole numbers: how a recording keeps them.
///
/// The raw values are the file's, see docs/RECORDING.md, and so is what each number means. An unknown value is 0, and a known
/// one the value plus 1. Numbers that may be negative are in zigzag: 0, -1, 1, -2 … are 0, 1, 2, 3 …
public enum RecordColumn: UInt8, CaseIterable, Sendable {
  case kind = 1, end, waited, socket, asked, result, number, offset, left, moment, detail, other, peer, task,
    fd
  case flags, conditions, call, payloadLength

  /// True where numbers are kept as their difference from the one before: they mostly grow.
  public var isDifference: Bool {
    switch self {
    case .end, .number, .offset: true
    case .kind, .waited, .socket, .asked, .result, .left, .moment, .detail, .other, .peer, .task, .fd, .flags,
      .conditions, .call, .payloadLength:
      false
    }
  }

  /// The numbers of records.
  public func gather(_ records: UnsafeBufferPointer<Record>, into numbers: UnsafeMutablePointer<UInt64>) {
    switch self {
    case .kind: Self.each(records, numbers) { UInt64($0.kind.rawValue) }
    case .end: Self.each(records, numbers) { UInt64(bitPattern: $0.end) }
    case .waited: Self.each(records, numbers) { Self.zigzag($0.end &- $0.start) }
    case .socket: Self.each(records, numbers) { Self.known($0.socket.value) }
    case .asked: Self.each(records, numbers) { UInt64($0.asked) }
    case .result: Self.each(records, numbers) { Self.zigzag(Int64($0.result)) }
    case .number: Self.each(records, numbers) { UInt64($0.number) }
    case .offset: Self.each(records, numbers) { UInt64(bitPattern: $0.offset) }
    case .left: Self.each(records, numbers) { UInt64(UInt32(bitPattern: $0.left &+ 1)) }
    case .moment:
      Self.each(records, numbers) {
        $0.moment == Record.unknownMoment ? 0 : Self.zigzag($0.end &- $0.moment) &+ 1
      }
    case .detail: Self.each(records, numbers) { Self.known($0.detail) }
    case .other: Self.each(records, numbers) { Self.known($0.other) }
    case .peer: Self.each(records, numbers) { Self.known($0.peer) }
    case .task: Self.each(records, numbers) { Self.known($0.task) }
    case .fd: Self.each(records, numbers) { Self.known($0.fd) }
    case .flags: Self.each(records, numbers) { UInt64($0.flags.rawValue) }
    case .conditions: Self.each(records, numbers) { UInt64($0.conditions.rawValue) }
    case .call: Self.each(records, numbers) { UInt64($0.callCode) }
    case .payloadLength: Self.each(records, numbers) { UInt64($0.payloadLength) }
    }
  }

  /// Fills in what `gather` took out; `kind` makes the records and comes first, `end` before what is counted from it.
  /// - Returns: false if a number cannot be one of a record.
  public func scatter(_ numbers: UnsafeBufferPointer<UInt64>, into records: inout [Record]) -> Bool {
    switch self {
    case .kind:
      records.removeAll(keepingCapacity: true)
      for number in numbers {
        guard let kind = UInt8(exactly: number).flatMap(Record.Kind.init) else { return false }
        records.append(Record(kind, start: 0, end: 0))
      }
      return true
    case .end: return Self.each(numbers, &records) { $1.end = Int64(bitPattern: $0) }
    case .waited: return Self.each(numbers, &records) { $1.start = $1.end &- Self.unzigzag($0) }
    case .socket: return Self.each(numbers, &records) { $1.socket = SocketID(Self.unknown($0)) }
    case .asked: return Self.each(numbers, &records) { $1.asked = UInt32(truncatingIfNeeded: $0) }
    case .result:
      return Self.each(numbers, &records) { $1.result = Int32(truncatingIfNeeded: Self.unzigzag($0)) }
    case .number: return Self.each(numbers, &records) { $1.number = UInt32(truncatingIfNeeded: $0) }
    case .offset: return Self.each(numbers, &records) { $1.offset = Int64(bitPattern: $0) }
    case .left:
      return Self.each(numbers, &records) { $1.left = Int32(bitPattern: UInt32(truncatingIfNeeded: $0)) &- 1 }
    case .moment:
      return Self.each(numbers, &records) {
        $1.moment = $0 == 0 ? Record.unknownMoment : $1.end &- Self.unzigzag($0 &- 1)
      }
    case .detail: return Self.each(numbers, &records) { $1.detail = Self.unknown($0) }
    case .other: return Self.each(numbers, &records) { $1.other = Self.unknown($0) }
    case .peer: return Self.each(numbers, &records) { $1.peer = Self.unknown($0) }
    case .task: return Self.each(numbers, &records) { $1.task = Self.unknown($0) }
    case .fd: return Self.each(numbers, &records) { $1.fd = Self.unknown($0) }
    case .flags:
      return Self.each(numbers, &records) {
        $1.flags = MessageFlags(rawValue: UInt32(truncatingIfNeeded: $0))
      }
    case .conditions:
      return Self.each(numbers, &records) {
        $1.conditions = Conditions(rawValue: UInt32(truncatingIfNeeded: $0))
      }
    case .call: return Self.each(numbers, &records) { $1.callCode = UInt8(truncatingIfNeeded: $0) }
    case .payloadLength:
      return Self.each(numbers, &records) { $1.payloadLength = UInt32(truncatingIfNeeded: $0) }
    }
  }

  @inline(__always)
  private static func each(
    _ records: UnsafeBufferPointer<Record>, _ numbers: UnsafeMutablePointer<UInt64>,
    _ number: (borrowing Record) -> UInt64
  ) {
    for index in 0..<records.count { numbers[index] = number(records[index]) }
  }

  @inline(__always)
  private static func each(
    _ numbers: UnsafeBufferPointer<UInt64>, _ records: inout [Record], _ set: (UInt64, inout Record) -> Void
  ) -> Bool {
    guard numbers.count == records.count else { return false }
    for index in 0..<numbers.count { set(numbers[index], &records[index]) }
    return true
  }

  @inline(__always)
  private static func known(_ value: UInt32) -> UInt64 { UInt64(value &+ 1) }
  @inline(__always)
  private static func unknown(_ number: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: number) &- 1 }
  @inline(__always)
  private static func zigzag(_ value: Int64) -> UInt64 { UInt64(bitPattern: value &<< 1 ^ value &>> 63) }
  @inline(__always)
  private static func unzigzag(_ number: UInt64) -> Int64 {
    Int64(bitPattern: number &>> 1) ^ -Int64(bitPattern: number & 1)
  }
}

extension Record {
  /// False for what no run can have made: a file may hold anything.
  public var isPlausible: Bool {
    let times: ClosedRange<Nanoseconds> = -(1 << 61)...1 << 61
    guard times.contains(start), times.contains(end), start <= end, times.contains(offset),
      moment == Self.unknownMoment || times.contains(moment), result > .min,
      callCode == 0 || call != nil
    else { return false }
    // An offset, a position, a count: never below 0.
    let isCount = kind == .listen || kind == .close || conditions.contains(.relayed)
    return !(isCount && moment != Self.unknownMoment && moment < 0)
      && !(conditions.contains(.relayed) && kind == .send && moment == Self.unknownMoment)
  }
}
