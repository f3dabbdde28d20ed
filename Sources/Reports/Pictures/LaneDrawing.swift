import Traffic

/// A picture of a connection: what one end sent above what the other received, as SVG without colours of its own.
///
/// Its classes are those of `style`, which a page needs once. What is too long for one line goes on below.
public struct LaneDrawing {
  /// What the horizontal axis is.
  public enum Axis: Sendable {
    /// Event after event; pauses are told.
    case time
    /// Place in the stream: the same bytes stand below each other.
    case offset
  }

  /// Events of a lane that are drawn at most.
  public static let most = 120

  /// The lanes of each way, the sender's above.
  let ways: [[LaneTrack]]
  /// Events that had no room.
  public let leftOut: Int

  /// - Parameters:
  ///   - sockets: the two ends of a connection, or one of them.
  ///   - records: sequence numbers of what is drawn.
  ///   - limit: events of a lane at most.
  public init(_ journal: Journal, sockets: [SocketID], records: Range<Int>, limit: Int = Self.most) {
    let ends = sockets.prefix(2)
    var ways: [[LaneTrack]] = []
    for (sender, receiver) in ends.count == 2 ? [(0, 1), (1, 0)] : [(0, nil), (nil, 0)] as [(Int?, Int?)] {
      func track(_ place: Int?, _ kind: LaneTrack.Kind) -> [LaneTrack] {
        place.map { [LaneTrack(ends[$0], kind, records, journal, limit: limit)] } ?? []
      }
      let wire = [(receiver, Direction.received), (sender, .sent)].first { place, _ in
        place.flatMap { journal.socket(ends[$0]) }.map { $0.totals.segments > 0 } ?? false
      }
      let lanes =
        track(sender, .sends) + (wire.map { track($0.0, .segments($0.1)) } ?? []) + track(receiver, .chunks)
      if lanes.contains(where: { $0.events.contains { !$0.bytes.isEmpty || $0.label == "0" } }) {
        ways.append(lanes)
      }
    }
    // Where one lane ends early the others would stand alone.
    let end = ways.joined().filter { $0.leftOut > 0 }.compactMap { $0.events.last?.time }.min()
    if let end {
      for way in ways.indices { for lane in ways[way].indices { ways[way][lane].cut(at: end) } }
    }
    self.ways = ways
    leftOut = ways.joined().reduce(0) { $0 + $1.leftOut }
  }

  /// Nothing passed.
  public var isEmpty: Bool { ways.isEmpty }

  /// True where a way has lanes whose bytes can be compared.
  public var hasOffsets: Bool {
    ways.contains { way in way.count > 1 && way.allSatisfy { $0.events.contains { !$0.bytes.isEmpty } } }
  }

  /// True if a lane has not as many chunks as the one above it: the cuts are others.
  var isCutAnew: Bool {
    ways.contains { Set($0.map { $0.events.count { !$0.bytes.isEmpty } }).count > 1 }
  }

  /// The picture as an `svg` element.
  public func svg(_ axis: Axis) -> String {
    String { output in
      switch axis {
      case .time: TimeLanes(self).write(to: &output)
      case .offset: OffsetLanes(self).write(to: &output)
      }
    }
  }

  // MARK: What both pictures share

  /// Pixels of the names at the left.
  var labelWidth: Double {
    (ways.joined().map { LaneMetrics.width(of: "\($0.name) \($0.kind.word)") }.max() ?? 0) + 14
  }

  static func begin(height: Double, _ label: String, to output: inout ByteBuffer) {
    output.append("<svg class=\"lanes\" role=\"img\" aria-label=\"")
    output.append(html: label)
    output.append("\" viewBox=\"0 0 ")
    output.append(pixels: LaneMetrics.width)
    output.append(" ")
    output.append(pixels: height)
    output.append("\" width=\"")
    output.append(pixels: LaneMetrics.width)
    output.append("\" xmlns=\"http://www.w3.org/2000/svg\">\n")
  }

  /// The name of a lane and its line.
  static func addLane(
    _ track: LaneTrack, from start: Double, to end: Double, y: Double, to output: inout ByteBuffer
  ) {
    output.addText("name", x: 0, y: y + 4, track.name)
    output.addText(
      "kind", x: LaneMetrics.width(of: track.name + " "), y: y + 4, track.kind.word)
    output.addLine("rail", from: (start, y), to: (end, y))
  }
}
