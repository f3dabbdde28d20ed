/// Sends that were made, to be made again.
public struct RecordedSends: Sendable {
  /// The finest pause that is told apart.
  private static let grain: Nanoseconds = 1000

  private var steps: [BurstStep] = []
  /// When the last one was made.
  private var time: Nanoseconds?
  /// How many there are.
  public private(set) var count = 0
  public private(set) var bytes = 0

  public init() {}

  /// Adds a send that follows those before it.
  /// - Parameter start: when the call was entered; pauses are rounded to microseconds, and their errors do not add up.
  public mutating func append(_ sent: [UInt8], start: Nanoseconds, flag: SendFlag? = nil) {
    append(Payload(shortestFor: sent), count: sent.count, start: start, flag: flag)
  }

  /// The same of a payload of so many bytes.
  public mutating func append(
    _ payload: Payload, count size: Int, start: Nanoseconds, flag: SendFlag? = nil
  ) {
    let start = (start + Self.grain / 2) / Self.grain * Self.grain
    if let time, start > time { steps.append(.pause(start - time)) }
    time = max(start, time ?? start)
    steps.append(flag.map { .flagged(payload, $0) } ?? .send(payload))
    count += 1
    bytes += size
  }

  /// A burst that sends the same bytes with the same pauses; nil if there is no send.
  public var burst: Burst? { steps.isEmpty ? nil : Burst(steps: steps) }
}

extension Payload {
  /// Bytes as they are, or as copies of one byte where that is shorter to read.
  public init(shortestFor bytes: [UInt8]) {
    guard bytes.count > 8, let first = bytes.first, bytes.allSatisfy({ $0 == first }) else {
      self = .bytes(bytes)
      return
    }
    self = first == 0 ? .zeros(bytes.count) : .copies(.bytes([first]), bytes.count)
  }
}
