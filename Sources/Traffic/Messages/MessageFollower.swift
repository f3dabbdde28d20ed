/// Cuts what one socket received and sent into messages, record by record, and counts what a reader would have made of it that
/// takes one recv() for one message.
public struct MessageFollower: Sendable {
  /// One way: its cutter is the first of the two where both ways are cut alike, as HTTP's know of each other.
  private struct State {
    var cutter: Int
    var pieces = CallPieces()
    var isEnded = false
    /// Messages that are complete.
    var count = 0
  }

  private var cutters: [MessageCutter] = []
  private var received: State?
  private var sent: State?
  private var found: [FramedMessage] = []
  private var reader = NaiveReader()

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
        self[way] = State(cutter: first)
      } else {
        self[way] = State(cutter: cutters.count)
        cutters.append(
          MessageCutter(framing, from: { ($0 == .received ? received : sent)?.offset ?? 0 }))
      }
    }
  }

  private subscript(way: Direction) -> State? {
    get { way == .received ? received : sent }
    _modify { if way == .received { yield &received } else { yield &sent } }
  }

  /// Of what was received.
  public var naive: NaiveReader {
    // What a pause ends has ended, as long as nothing follows.
    var naive = reader
    if pauseEnd != nil { naive.endLast() }
    return naive
  }

  /// True if nothing is cut.
  public var isIdle: Bool { received == nil && sent == nil }

  /// True for what moves bytes, or ends that; nothing else completes a message, and nothing comes after a close.
  public static func moves(_ kind: Record.Kind) -> Bool {
    switch kind {
    case .recv, .send, .shutdown, .close: true
    case .start, .listen, .accept, .connect, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop,
      .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer,
      .reveal, .segment:
      false
    }
  }

  /// Messages of a way that are complete; nil where nothing is cut.
  public func count(_ way: Direction) -> Int? { self[way]?.count }

  /// The offset of the next byte of a way.
  public func position(of way: Direction) -> Int64 {
    self[way].map { cutters[$0.cutter].position(of: way) } ?? 0
  }

  /// The message of a way that is not complete, as far as it has come, and where it will end if it has said so; nil between
  /// two messages, and after the end.
  public func unfinished(_ way: Direction) -> (message: FramedMessage, end: Int64?)? {
    openCutter(way).flatMap { cutters[$0].unfinished(way) }
  }

  /// The place of what cuts a way that has not ended. Nobody else holds the state meanwhile, or each change would copy it.
  private func openCutter(_ way: Direction) -> Int? { self[way].flatMap { $0.isEnded ? nil : $0.cutter } }

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
      .release, .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut,
      .ask, .answer, .reveal,
      .segment:
      break
    }
  }

  private mutating func take(
    _ record: Record, _ payload: ArraySlice<UInt8>?, _ way: Direction, _ messages: inout [FoundMessage]
  ) {
    guard let cutter = openCutter(way), record.result > 0, way == .sent || record.takes else { return }
    let range = record.offset..<record.offset + Int64(record.result)
    self[way]?.pieces.append(range, number: Int(record.number))
    found.removeAll(keepingCapacity: true)
    // What is gone is told by the offset of what comes next.
    payload?.withUnsafeBytes {
      cutters[cutter].take($0, way, at: record.offset, time: record.end, into: &found)
    }
    if way == .received { count(at: record.offset, isHeld: payload != nil, cutter) }
    report(&messages)
  }

  /// Counts what a recv() call returned.
  private mutating func count(at offset: Int64, isHeld: Bool, _ cutter: Int) {
    guard isHeld else { return reader.loseTrack() }
    // Of some it is only seen now that they ended with the call before.
    let earlier = found.count { $0.way == .received && $0.range.upperBound <= offset }
    if earlier > 0, found.contains(where: { $0.range.upperBound == offset && $0.isWhole(.received) }) {
      reader.endLast()
    }
    let open = cutters[cutter].unfinished(.received)?.message
    // Where no message can be found nobody can be wrong about them.
    if open?.kind == .rest { return reader.loseTrack() }
    reader.count(completed: found.count { $0.way == .received } - earlier, endsInside: open != nil)
  }

  private mutating func end(
    _ way: Direction, isClean: Bool, at time: Nanoseconds, _ messages: inout [FoundMessage]
  ) {
    guard let cutter = openCutter(way) else { return }
    self[way]?.isEnded = true
    found.removeAll(keepingCapacity: true)
    cutters[cutter].end(way, isClean: isClean, into: &found)
    if found.contains(where: { $0.isWhole(.received) }) { reader.endLast() }
    report(&messages)
  }

  /// When a pause will have ended what was received last, unless more comes; nil where only bytes end a
  /// message.
  public var pauseEnd: Nanoseconds? {
    guard let cutter = openCutter(.received), case .gap(let length) = cutters[cutter].framing else {
      return nil
    }
    return cutters[cutter].unfinished(.received).map { $0.message.time + length }
  }

  /// Nothing was received up to a time.
  /// - Parameter messages: gets the one that this completes.
  public mutating func pause(until time: Nanoseconds, into messages: inout [FoundMessage]) {
    guard let cutter = openCutter(.received) else { return }
    found.removeAll(keepingCapacity: true)
    cutters[cutter].idle(.received, until: time, into: &found)
    if !found.isEmpty { reader.endLast() }
    report(&messages)
  }

  private mutating func report(_ messages: inout [FoundMessage]) {
    for message in found {
      self[message.way]?.count = message.number
      let calls = self[message.way]?.pieces.calls(of: message.range)
      messages.append(FoundMessage(message: message, calls: calls))
    }
  }
}

extension FramedMessage {
  fileprivate func isWhole(_ way: Direction) -> Bool { self.way == way && broken == nil }
}
