import Traffic

/// Where the bytes of some calls stand in a picture by time, so that a message can be drawn from its first byte to its last.
struct MessageBoxes {
  private struct Call {
    var bytes: Range<Int64>
    var start: Int
    var width: Int

    /// Where a byte of it stands, or the edge behind its last one.
    func column(_ offset: Int64) -> Int {
      start + Int((offset - bytes.lowerBound) * Int64(width) / Int64(bytes.count))
    }
  }

  private let calls: [Call]

  /// - Parameter columns: of each event.
  init(_ events: [LaneEvents.Event], _ columns: [Range<Int>], lane: Int) {
    calls = zip(events, columns).filter { $0.0.lane == lane && !$0.0.bytes.isEmpty }.map {
      Call(bytes: $0.bytes, start: $1.lowerBound, width: $1.count)
    }
  }

  /// All bytes that stand in the picture; nil if there are none.
  var bytes: Range<Int64>? {
    guard let first = calls.first, let last = calls.last else { return nil }
    return first.bytes.lowerBound..<last.bytes.upperBound
  }

  /// The box of a message; nil if none of its bytes are in the picture.
  func box(_ placed: PlacedMessage, lane: Int) -> LaneBox? {
    let range = placed.message.range
    guard let first = calls.first(where: { $0.bytes.upperBound > range.lowerBound }),
      let last = calls.last(where: { $0.bytes.lowerBound < range.upperBound }), first.start <= last.start
    else { return nil }
    let start = first.column(max(range.lowerBound, first.bytes.lowerBound))
    let end = last.column(min(range.upperBound, last.bytes.upperBound))
    return LaneBox(
      lane: lane, start: start, width: max(1, end - start), item: Item.ID(placed),
      label: .message(range.count, isBroken: placed.message.broken != nil),
      hasStart: range.lowerBound >= first.bytes.lowerBound,
      hasEnd: placed.isComplete && range.upperBound <= last.bytes.upperBound)
  }
}

extension LanesPicture {
  /// Draws the messages over the calls that have their bytes.
  /// - Parameter columns: of the events.
  mutating func addMessages(
    _ set: LaneSet, _ events: LaneEvents, _ columns: [Range<Int>], _ subject: LanesSubject
  ) {
    for (lane, place) in set.lanes.enumerated() {
      guard case .messages(let direction) = place.track,
        let below = set.lanes.firstIndex(of: Lane(socket: place.socket, track: Track(direction)))
      else { continue }
      let placed = MessageBoxes(events.events, columns, lane: below)
      guard let bytes = placed.bytes else { continue }
      let messages = subject.messages.messages(
        of: place.socket, in: bytes, direction, limit: Self.mostMessages, subject.journal)
      add(messages.compactMap { placed.box($0, lane: lane) })
    }
  }

  /// Boxes of one lane; where several share a cell, it says so.
  mutating func add(_ messages: [LaneBox]) {
    for var box in messages {
      if let last = boxes.last, last.lane == box.lane, box.start < last.start + last.width {
        let end = box.start + box.width
        box.start = last.start + last.width
        box.width = end - box.start
        if box.width < 1 {
          boxes[boxes.count - 1].form = .crowd
          continue
        }
      }
      boxes.append(box)
    }
  }

  /// Messages that are drawn at most.
  static var mostMessages: Int { 1024 }
}
