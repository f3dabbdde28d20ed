import DequeModule

/// Cuts what one socket received and sent into messages, record by record, and counts what a reader would have made of it that
/// takes one recv() for one message.
public struct MessageFollower: Sendable {
  private struct Piece {
    var range: Range<Int64>
    var number: Int
  }

  /// One way: its cutter is the first of the two where both ways are cut alike, as HTTP's know of each other.
  private struct State {
    var cutter: Int
    var pieces: Deque<Piece> = []
    var isEnded = false
    /// Messages that are complete.
    var count = 0
  }

  private var cutters: [MessageCutter] = []
  private var states: [Direction: State] = [:]
  private var found: [FramedMessage] = []
  /// Of what was received.
  public private(set) var naive = NaiveReader()

  /// - Parameters:
  ///   - received: nil cuts nothing of that way.
  ///   - sent: the same.
  public init(received: FramingChoice?, sent: FramingChoice?) {
    let choices: [(Direction, FramingChoice?)] = [(.received, received), (.sent, sent)]
    for (way, choice) in choices {
      guard let choice, let framing = try? Framing(parsing: choice.text), framing != .unframed else {
        continue
      }
      if let first = cutters.firstIndex(where: { $0.framing == framing }) {
        states[way] = State(cutter: first)
      } else {
        states[way] = State(cutter: cutters.count)
        cutters.append(
          MessageCutter(framing, from: { ($0 == .received ? received : sent)?.offset ?? 0 }))
      }
    }
  }

  /// True if nothing is cut.
  public var isIdle: Bool { states.isEmpty }

  /// True for what moves bytes, or ends that; nothing else completes a message, and nothing comes after a close.
  public static func moves(_ kind: Record.Kind) -> Bool {
    switch kind {
    case .recv, .send, .shutdown, .close: true
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop:
      false
    }
  }

  /// Messages of a way that are complete; nil where nothing is cut.
  public func count(_ way: Direction) -> Int? { states[way]?.count }

  /// The offset of the next byte of a way.
  public func position(of way: Direction) -> Int64 {
    states[way].map { cutters[$0.cutter].position(of: way) } ?? 0
  }

  /// The message of a way that is not complete, as far as it has come, and where it will end if it has said so; nil between
  /// two messages, and after the end.
  public func unfinished(_ way: Direction) -> (message: FramedMessage, end: Int64?)? {
    guard let state = states[way], !state.isEnded else { return nil }
    return cutters[state.cutter].unfinished(way)
  }

  /// Takes the next record of the socket.
  /// - Parameters:
  ///   - payload: nil where the journal no longer has it.
  ///   - messages: gets those that the record completes.
  public mutating func take(
    _ record: Record, payload: ArraySlice<UInt8>?, into messages: inout [FoundMessage]
  ) {
    switch record.kind {
    case .recv where record.endsReceiving:
      end(.received, isClean: record.errno == nil, at: record.end, &messages)
    case .recv, .send: if let way = Direction(record.kind) { take(record, payload, way, &messages) }
    case .shutdown where record.how != .read: end(.sent, isClean: true, at: record.end, &messages)
    case .close:
      end(.received, isClean: false, at: record.end, &messages)
      end(.sent, isClean: record.how != .reset, at: record.end, &messages)
    case .start, .listen, .accept, .connect, .wait, .shutdown, .option, .mark, .expect, .burst, .hold,
      .release,
      .drop:
      break
    }
  }

  private mutating func take(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ way: Direction, _ messages: inout [FoundMessage]
  ) {
    guard let state = states[way], !state.isEnded, record.result > 0, way == .sent || record.takes else {
      return
    }
    let range = record.offset..<record.offset + Int64(record.result)
    states[way]?.pieces.append(Piece(range: range, number: Int(record.number)))
    found.removeAll(keepingCapacity: true)
    // What is gone is told by the offset of what comes next.
    payload?.withUnsafeBytes {
      cutters[state.cutter].take($0, way, at: record.offset, time: record.end, into: &found)
    }
    if way == .received {
      let isOpen = cutters[state.cutter].unfinished(way).map { !$0.message.range.isEmpty } ?? false
      naive.count(completed: found.count { $0.way == .received }, endsInside: isOpen)
    }
    report(&messages)
  }

  private mutating func end(
    _ way: Direction, isClean: Bool, at time: Nanoseconds, _ messages: inout [FoundMessage]
  ) {
    guard let state = states[way], !state.isEnded else { return }
    states[way]?.isEnded = true
    found.removeAll(keepingCapacity: true)
    cutters[state.cutter].end(way, isClean: isClean, into: &found)
    report(&messages)
  }

  /// When a pause will have ended what was received last, unless more comes; nil where only bytes end a
  /// message.
  public var pauseEnd: Nanoseconds? {
    guard let state = states[.received], !state.isEnded, case .gap(let length) = cutters[state.cutter].framing
    else { return nil }
    return cutters[state.cutter].unfinished(.received).map { $0.message.time + length }
  }

  /// Nothing was received up to a time.
  /// - Parameter messages: gets the one that this completes.
  public mutating func pause(until time: Nanoseconds, into messages: inout [FoundMessage]) {
    guard let state = states[.received], !state.isEnded else { return }
    found.removeAll(keepingCapacity: true)
    cutters[state.cutter].idle(.received, until: time, into: &found)
    report(&messages)
  }

  private mutating func report(_ messages: inout [FoundMessage]) {
    for message in found {
      states[message.way]?.count = message.number
      messages.append(FoundMessage(message: message, calls: calls(of: message)))
    }
  }

  /// The calls that have a byte of a message; those before them are forgotten.
  private mutating func calls(of message: FramedMessage) -> ClosedRange<Int>? {
    guard var pieces = states[message.way]?.pieces else { return nil }
    while let first = pieces.first, first.range.upperBound <= message.range.lowerBound {
      pieces.removeFirst()
    }
    states[message.way]?.pieces = pieces
    guard let first = pieces.first, first.range.lowerBound <= message.range.lowerBound else { return nil }
    let last = pieces.last { $0.range.lowerBound < message.range.upperBound } ?? first
    return first.number...max(first.number, last.number)
  }
}
