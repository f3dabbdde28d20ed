/// How a burst went, written when it is over; the payload of a `burst` record.
public struct BurstReport: RecordBody, Equatable {
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

  public init?(from reader: inout BodyReader) {
    guard let end = reader.number(UInt8.self).flatMap(End.init), let sends = reader.number(Int64.self),
      let bytes = reader.number(Int64.self), let unsentSends = reader.optionalNumber(),
      let unsentBytes = reader.optionalNumber(), let median = reader.optionalNumber(),
      let high = reader.optionalNumber(), let most = reader.optionalNumber(),
      let sampled = reader.number(Int64.self), let paused = reader.number(Int64.self),
      let tolerance = reader.optionalNumber()
    else { return nil }
    self.end = end
    self.sends = Int(sends)
    self.bytes = bytes
    self.unsentSends = unsentSends.map { Int($0) }
    self.unsentBytes = unsentBytes
    (medianLate, percentile99Late, maximumLate) = (median, high, most)
    self.sampled = Int(sampled)
    self.paused = paused
    self.tolerance = tolerance
  }

  public func write(to writer: inout BodyWriter) {
    writer.write(end.rawValue)
    writer.write(Int64(sends))
    writer.write(bytes)
    writer.write(unsentSends.map(Int64.init))
    writer.write(unsentBytes)
    for late in [medianLate, percentile99Late, maximumLate] { writer.write(late) }
    writer.write(Int64(sampled))
    writer.write(paused)
    writer.write(tolerance)
  }
}
