/// How much a burst is, found without playing it.
public struct BurstMeasure: Sendable, Equatable {
  /// The most actions that a burst may have.
  public static let maximumActions = 10_000_000_000

  /// Number of send() calls, if none is cut short.
  public internal(set) var sends = 0
  /// Number of all actions: sends, shutdown, cork and so on.
  public internal(set) var actions = 0
  public internal(set) var bytes: Int64 = 0
  /// Length of its longest payload in bytes, which is made as a whole before it is sent.
  public internal(set) var longestPayload: Int64 = 0
  /// From the beginning to the end, pauses at the end included.
  public internal(set) var length: Nanoseconds = 0
  /// False if the size of a file or of a macro was not known, so that `bytes` is too low.
  public internal(set) var isExact = true
  /// False if for that reason `sends`, `actions` and `length` may be too low.
  public internal(set) var isTimeExact = true
  /// True if the burst ends with close or reset.
  var endsSocket = false

  /// - Parameter fileSize: the size of a file in bytes; nil if it is not known.
  public init(_ burst: Burst, fileSize: (String) -> Int64? = { _ in nil }) throws(BurstError) {
    try self.init(burst.steps, fileSize: fileSize)
  }

  init() {}

  init(_ steps: [BurstStep], fileSize: (String) -> Int64?) throws(BurstError) {
    for step in steps { try append(try BurstMeasure(step, fileSize: fileSize), after: step) }
  }

  private init(_ step: BurstStep, fileSize: (String) -> Int64?) throws(BurstError) {
    switch step {
    case .send(let payload), .outOfBand(let payload):
      self.init(whole: try PayloadMeasure(payload, fileSize: fileSize))
    case .split(let payload, let size, let gap):
      try self.init(PayloadMeasure(payload, fileSize: fileSize), size: size, gap: gap)
    case .pause(let time), .at(let time):
      self.init()
      length = time
    case .group(let steps, let count, let period):
      try self.init(steps, fileSize: fileSize)
      try multiply(by: count, period: period)
    case .cork, .uncork, .shutdown:
      self.init()
      actions = 1
    case .close, .reset:
      self.init()
      actions = 1
      endsSocket = true
    }
  }

  /// The measure of one payload in one send.
  init(whole payload: PayloadMeasure) {
    bytes = payload.bytes
    longestPayload = payload.bytes
    isExact = payload.isExact
    sends = 1
    actions = 1
  }

  /// The measure of one payload in sends of `size` bytes.
  init(_ payload: PayloadMeasure, size: Int, gap: Nanoseconds?) throws(BurstError) {
    bytes = payload.bytes
    longestPayload = payload.bytes
    isExact = payload.isExact
    isTimeExact = payload.isExact
    sends = max(1, (Int(payload.bytes) - 1) / max(1, size) + 1)
    actions = sends
    let (time, overflow) = (gap ?? 0).multipliedReportingOverflow(by: Nanoseconds(sends - 1))
    guard !overflow, time <= DurationText.maximum else { throw .tooLong }
    length = time
  }

  /// Adds what comes next.
  mutating func append(_ next: BurstMeasure, after step: BurstStep) throws(BurstError) {
    guard !endsSocket else { throw .socketIsClosed }
    sends += next.sends
    actions += next.actions
    longestPayload = max(longestPayload, next.longestPayload)
    isExact = isExact && next.isExact
    isTimeExact = isTimeExact && next.isTimeExact
    endsSocket = next.endsSocket
    let (sum, overflow) = bytes.addingReportingOverflow(next.bytes)
    guard !overflow else { throw .tooManyBytes }
    bytes = sum
    if case .at(let time) = step {
      guard time >= length || !isTimeExact else { throw .timeHasPassed(at: time, now: length) }
      length = max(length, time)
    } else {
      length += next.length
    }
    try check()
  }

  /// Makes it that of a group.
  mutating func multiply(by count: Int, period: Nanoseconds?) throws(BurstError) {
    if endsSocket, count > 1 { throw .socketIsClosed }
    if let period, length > period, count > 1, isTimeExact {
      throw .periodTooShort(length: length, period: period)
    }
    let (actions, overflow) = actions.multipliedReportingOverflow(by: count)
    guard !overflow, actions <= Self.maximumActions else { throw .tooManyActions }
    self.actions = actions
    sends *= count
    let (bytes, overflow2) = bytes.multipliedReportingOverflow(by: Int64(count))
    guard !overflow2 else { throw .tooManyBytes }
    self.bytes = bytes
    let (time, overflow3) = (period ?? length).multipliedReportingOverflow(by: Nanoseconds(count - 1))
    guard !overflow3, time <= DurationText.maximum else { throw .tooLong }
    length += time
    try check()
  }

  private func check() throws(BurstError) {
    guard actions <= Self.maximumActions else { throw .tooManyActions }
    guard length <= DurationText.maximum else { throw .tooLong }
  }
}
