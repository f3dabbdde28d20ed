/// What records add up to: how large, how far apart, how long, why, and when.
public struct TrafficStatistics: Sendable, Equatable {
  /// The values of one measure.
  public struct Values: Sendable, Equatable {
    public internal(set) var histogram = Histogram()
    /// Calls that would have one and of which nobody knows it.
    public internal(set) var unknown = 0
  }

  private struct Before: Sendable, Equatable {
    var received: Nanoseconds?
    var sent: Nanoseconds?

    /// Takes over the time of the newest call.
    /// - Returns: that of the one before.
    mutating func note(_ record: Record) -> Nanoseconds? {
      if record.kind == .send {
        defer { sent = record.end }
        return sent
      }
      defer { received = record.end }
      return received
    }
  }

  /// Records that counted, of whatever kind.
  public private(set) var records = 0
  public private(set) var receives = 0
  public private(set) var sends = 0
  public private(set) var receivedBytes: Int64 = 0
  public private(set) var sentBytes: Int64 = 0
  /// Messages that a framing cut out of what was received, and of what was sent.
  public private(set) var receivedMessages = 0
  public private(set) var sentMessages = 0
  public private(set) var reasons: [Reason: Int] = [:]
  public private(set) var timeline = Timeline()
  /// When the first and the last of the calls returned; nil without any.
  public private(set) var first: Nanoseconds?
  public private(set) var last: Nanoseconds?
  private var values = [Values](repeating: Values(), count: Measure.allCases.count)
  /// When each socket moved bytes last.
  private var before: [SocketID: Before] = [:]

  public init() {}

  public subscript(_ measure: Measure) -> Values { values[Self.place(measure)] }

  /// Time from the first call to the last; 0 without two.
  public var span: Nanoseconds { (last ?? 0) - (first ?? 0) }

  /// So many a second, over the time from the first call to the last; nil if that says nothing.
  public func rate(_ count: Int64) -> Double? { span > 0 ? Double(count) * 1e9 / Double(span) : nil }

  /// Reasons with how often each was, the most frequent first.
  public var shares: [(reason: Reason, count: Int)] {
    reasons.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0.rawValue) < ($0.1, $1.0.rawValue) }
  }

  // MARK: Counting

  /// Counts a record.
  mutating func count(_ record: Record) {
    records += 1
    switch record.kind {
    case .recv: countReceive(record)
    case .send: countSend(record)
    case .start, .listen, .accept, .connect, .wait, .shutdown, .close, .option, .mark, .expect, .burst, .hold,
      .release, .drop, .startProgram, .call, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
      .ask, .answer, .reveal,
      .segment:
      break
    }
  }

  /// Counts a message that such a record completed.
  mutating func count(_ message: FramedMessage) {
    if message.way == .received { receivedMessages += 1 } else { sentMessages += 1 }
    add(Int64(message.range.count), to: .messageSize)
    add(message.time - message.began, to: .messageTime)
    timeline.add(Timeline.Slot(messages: 1), at: message.time)
  }

  /// Forgets sockets that are gone.
  mutating func prune(_ isKept: (SocketID) -> Bool) { before = before.filter { isKept($0.key) } }

  /// Sockets that are remembered.
  var sockets: Int { before.count }

  private mutating func countReceive(_ record: Record) {
    receives += 1
    note(record.end)
    add(record.waited, to: .receiveWait)
    if let reason = Reason(record) { reasons[reason, default: 0] += 1 }
    guard record.result > 0 else { return }
    add(Int64(record.result), to: .receiveSize)
    if let arrived = record.arrived {
      add(record.end - arrived, to: .dwell)
    } else {
      values[Self.place(.dwell)].unknown += 1
    }
    if let received = before[record.socket, default: Before()].note(record) {
      add(record.end - received, to: .receiveGap)
    }
    let bytes = Int64(record.streamBytes)
    receivedBytes += bytes
    timeline.add(Timeline.Slot(received: bytes), at: record.end)
  }

  private mutating func countSend(_ record: Record) {
    sends += 1
    note(record.end)
    add(record.waited, to: .sendWait)
    guard record.result > 0 else { return }
    add(Int64(record.result), to: .sendSize)
    if let sent = before[record.socket, default: Before()].note(record) {
      add(record.end - sent, to: .sendGap)
    }
    let bytes = Int64(record.streamBytes)
    sentBytes += bytes
    timeline.add(Timeline.Slot(sent: bytes), at: record.end)
  }

  private mutating func note(_ time: Nanoseconds) {
    first = min(first ?? time, time)
    last = max(last ?? time, time)
  }

  private mutating func add(_ value: Int64, to measure: Measure) {
    values[Self.place(measure)].histogram.add(value)
  }

  private static func place(_ measure: Measure) -> Int {
    switch measure {
    case .receiveSize: 0
    case .sendSize: 1
    case .receiveGap: 2
    case .sendGap: 3
    case .receiveWait: 4
    case .sendWait: 5
    case .dwell: 6
    case .messageSize: 7
    case .messageTime: 8
    }
  }
}
