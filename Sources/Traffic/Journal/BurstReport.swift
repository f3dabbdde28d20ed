/// How a burst went, written when it is over; the payload of a `burst` record.
public struct BurstReport: Sendable, Equatable {
  public enum End: UInt8, CaseIterable, Sendable {
    /// It was played to its end.
    case done
    /// Somebody stopped it.
    case stopped
    /// The socket was closed before its first send.
    case closed
    /// A send failed in a way that stays; the record has the errno.
    case failed

    /// The word of the JSON's `end`.
    public var word: String { "\(self)" }
  }

  public var end: End
  /// Payloads that the kernel took whole.
  public var sends = 0
  /// Bytes that the kernel took.
  public var bytes: Int64 = 0
  /// Payloads that it did not take whole, and bytes that it did not take; nil where a macro's length is not known.
  public var unsentSends: Int?
  public var unsentBytes: Int64?
  /// How late the first send() of a payload was made, against its plan; nil if none was made. 50 and 99 of 100 values
  /// are not above the first two.
  public var medianLate: Nanoseconds?
  public var percentile99Late: Nanoseconds?
  public var maximumLate: Nanoseconds?
  /// Number of sends that the percentiles are of: a sample where it is less than the sends that were made.
  public var sampled = 0
  /// How long it was paused.
  public var paused: Nanoseconds = 0
  /// `within D`: how late a send was allowed to be; nil if the burst does not say.
  public var tolerance: Nanoseconds?

  public init(_ end: End) { self.end = end }

  /// True if it was played to its end with no send later than `within` allows; nil without `within`.
  public var keptTolerance: Bool? {
    tolerance.map { end == .done && (maximumLate ?? 0) <= $0 }
  }

  /// True if bytes or sends are missing.
  public var isIncomplete: Bool { end != .done || unsentSends != 0 || unsentBytes != 0 }

  private static let unknown = Int64.min

  /// Reads the payload of a record; nil if it is no report, or no longer held.
  public init?(payload: some Collection<UInt8>) {
    guard payload.count == 8 * 11 else { return nil }
    var values: [Int64] = []
    var value: UInt64 = 0
    for (index, byte) in payload.enumerated() {
      value |= UInt64(byte) << (8 * UInt64(index % 8))
      if index % 8 == 7 {
        values.append(Int64(bitPattern: value))
        value = 0
      }
    }
    func known(_ value: Int64) -> Int64? { value == Self.unknown ? nil : value }
    guard let end = UInt8(exactly: values[0]).flatMap(End.init) else { return nil }
    self.end = end
    sends = Int(values[1])
    bytes = values[2]
    unsentSends = known(values[3]).map { Int($0) }
    unsentBytes = known(values[4])
    medianLate = known(values[5])
    percentile99Late = known(values[6])
    maximumLate = known(values[7])
    sampled = Int(values[8])
    paused = values[9]
    tolerance = known(values[10])
  }

  /// The bytes that `init(payload:)` reads.
  public var payload: [UInt8] {
    let values: [Int64?] = [
      Int64(end.rawValue), Int64(sends), bytes, unsentSends.map(Int64.init), unsentBytes, medianLate,
      percentile99Late, maximumLate, Int64(sampled), paused, tolerance,
    ]
    return values.flatMap { value in
      let bits = UInt64(bitPattern: value ?? Self.unknown)
      return (0..<8).map { UInt8(truncatingIfNeeded: bits >> (8 * UInt64($0))) }
    }
  }
}
