/// A stream beside what a burst would send: payload by payload, so that neither is ever held as a whole.
struct StreamComparison {
  /// Bytes that were taken.
  private(set) var got: Int64 = 0
  /// How many of the first are as wanted.
  private(set) var same: Int64 = 0
  private var schedule: BurstSchedule
  /// What is left of the payload that is compared now.
  private var rest: ArraySlice<UInt8> = []
  private var hasDiffered = false

  init(with schedule: BurstSchedule) {
    self.schedule = schedule
  }

  /// How much the burst sends, in words.
  var wanted: String {
    "\(schedule.measure.isExact ? "" : "at least ")\(schedule.measure.bytes) bytes"
  }

  /// To be asked when all was taken.
  /// - Returns: true if it is all that the burst sends, and nothing else.
  mutating func isSame() -> Bool { !hasDiffered && rest.isEmpty && nextPayload() == nil }

  /// Takes the next bytes of the stream. After the first that differs no payload is made any more.
  mutating func take(_ bytes: [UInt8]) {
    got += Int64(bytes.count)
    var bytes = bytes[...]
    while !bytes.isEmpty, !hasDiffered {
      if rest.isEmpty {
        guard let next = nextPayload() else {
          hasDiffered = true
          return
        }
        rest = next[...]
      }
      let (own, other) = (bytes.prefix(rest.count), rest.prefix(bytes.count))
      let count = own == other ? own.count : zip(own, other).prefix { $0 == $1 }.count
      hasDiffered = count < own.count
      same += Int64(count)
      bytes = bytes.dropFirst(count)
      rest = rest.dropFirst(count)
    }
  }

  /// The next payload that is not empty; nil at the end of the burst.
  private mutating func nextPayload() -> [UInt8]? {
    while let action = schedule.next() {
      switch action.action {
      case .send(let bytes), .sendFlagged(let bytes, _): if !bytes.isEmpty { return bytes }
      case .cork, .uncork, .shutdown, .close, .reset: break
      }
    }
    return nil
  }
}
