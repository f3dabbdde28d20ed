import Traffic

extension BurstSchedule {
  /// The schedule of a burst that can be played: its files are read, and there is memory for each of its payloads.
  /// - Throws: `FileFailure`, `BurstError`, `NotEnoughMemory`. Nothing of it has been sent then.
  public init(playing burst: Burst) throws {
    try self.init(burst, file: FileReader.read)
    if let failure = NotEnoughMemory(for: measure, free: AvailableMemory.bytes) { throw failure }
  }
}

/// A payload that cannot be had.
public struct NotEnoughMemory: Error, Sendable, Equatable, CustomStringConvertible {
  /// Of the longest payload.
  public var bytes: Int64
  public var free: Int64

  /// - Parameter free: bytes of memory that may still be taken; nil if nobody knows.
  /// - Returns: nil if there is enough. A payload is made as a whole, and the journal takes as much again at most.
  init?(for measure: BurstMeasure, free: Int64?) {
    guard let free, measure.longestPayload > free / 2 else { return nil }
    (bytes, self.free) = (measure.longestPayload, free)
  }

  public var description: String {
    "one send of \(bytes) bytes takes twice as much memory, and \(free) bytes are free; "
      + "several shorter sends, such as (zeros(1M))*100, do not need it"
  }
}
