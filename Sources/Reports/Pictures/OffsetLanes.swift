import Traffic

/// Lanes by place in the stream: the same bytes stand below each other, so that it is seen which edges of sends are edges of
/// chunks.
struct OffsetLanes {
  /// A stretch of bytes in which no lane has an edge.
  private struct Stretch {
    var bytes: Range<Int64>
    var least = 4.0
    var width = 0.0
  }

  private let drawing: LaneDrawing
  private let start: Double

  init(_ drawing: LaneDrawing) {
    self.drawing = drawing
    start = drawing.labelWidth
  }

  private var room: Double { LaneMetrics.width - start - 8 }

  /// The ways whose lanes can be compared.
  private var ways: [[LaneTrack]] {
    drawing.ways.map { $0.filter { track in track.events.contains { !$0.bytes.isEmpty } } }.filter {
      $0.count > 1
    }
  }

  func write(to output: inout ByteBuffer) {
    let parts = ways.map { (lanes: $0, lines: lines($0)) }
    let heights = parts.map { part in
      Double(part.lines.count)
        * (Double(part.lanes.count) * LaneMetrics.lane + LaneMetrics.axis + LaneMetrics.band)
    }
    LaneDrawing.begin(height: heights.reduce(0, +), "Lanes by place in the stream", to: &output)
    var top = 0.0
    for (lanes, lines) in parts {
      for line in lines {
        write(lanes, line, top: top, to: &output)
        top += Double(lanes.count) * LaneMetrics.lane + LaneMetrics.axis + LaneMetrics.band
      }
    }
    output.append("</svg>\n")
  }

  // MARK: Where what goes

  /// Each byte of a way in a line, with as much room as the boxes' labels need.
  private func lines(_ lanes: [LaneTrack]) -> [[Stretch]] {
    let edges = Set(lanes.flatMap { $0.events }.flatMap { [$0.bytes.lowerBound, $0.bytes.upperBound] })
      .sorted()
    var stretches = zip(edges, edges.dropFirst()).map { Stretch(bytes: $0..<$1) }
    for event in lanes.flatMap(\.events) where !event.bytes.isEmpty {
      guard let first = stretches.firstIndex(where: { $0.bytes.lowerBound == event.bytes.lowerBound }) else {
        continue
      }
      let last = stretches[first...].firstIndex { $0.bytes.upperBound == event.bytes.upperBound } ?? first
      let missing = event.width - stretches[first...last].reduce(0) { $0 + $1.least }
      if missing > 0 {
        for place in first...last { stretches[place].least += missing / Double(last - first + 1) }
      }
    }
    let scale = scale(stretches)
    for place in stretches.indices {
      stretches[place].width = max(stretches[place].least, Double(stretches[place].bytes.count) * scale)
    }
    return broken(stretches, lanes)
  }

  /// Pixels a byte, so that all fits into a line; 0 where it does not.
  private func scale(_ stretches: [Stretch]) -> Double {
    func width(_ scale: Double) -> Double {
      stretches.reduce(0) { $0 + max($1.least, Double($1.bytes.count) * scale) }
    }
    if width(0) >= room { return 0 }
    var (low, high) = (0.0, room)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if width(middle) > room { high = middle } else { low = middle }
    }
    return low
  }

  /// Breaks the stretches into lines: at an edge that all lanes have, if one is in sight.
  private func broken(_ stretches: [Stretch], _ lanes: [LaneTrack]) -> [[Stretch]] {
    let ends = lanes.map { Set($0.events.map(\.bytes.upperBound)) }
    var lines: [[Stretch]] = []
    var line: [Stretch] = []
    var width = 0.0
    for stretch in stretches {
      if width + stretch.width > room, !line.isEmpty {
        let shared = line.lastIndex { stretch in ends.allSatisfy { $0.contains(stretch.bytes.upperBound) } }
        let keep = shared.map { $0 + 1 }.flatMap { $0 * 2 >= line.count ? $0 : nil } ?? line.count
        lines.append(Array(line[..<keep]))
        line = Array(line[keep...])
        width = line.reduce(0) { $0 + $1.width }
      }
      line.append(stretch)
      width += stretch.width
    }
    return line.isEmpty ? lines : lines + [line]
  }

  // MARK: Drawing

  private func write(_ lanes: [LaneTrack], _ line: [Stretch], top: Double, to output: inout ByteBuffer) {
    guard let first = line.first, let last = line.last else { return }
    let bytes = first.bytes.lowerBound..<last.bytes.upperBound
    var places: [Int64: Double] = [bytes.lowerBound: start]
    var x = start
    for stretch in line {
      x += stretch.width
      places[stretch.bytes.upperBound] = x
    }
    for (number, track) in lanes.enumerated() {
      let y = top + (Double(number) + 0.5) * LaneMetrics.lane
      LaneDrawing.addLane(track, from: start, to: x, y: y, to: &output)
      for (count, event) in track.events.filter({ !$0.bytes.isEmpty }).enumerated()
      where event.bytes.overlaps(bytes) {
        let part = event.bytes.clamped(to: bytes)
        guard let begin = places[part.lowerBound], let end = places[part.upperBound] else { continue }
        let shade = event.look == .received && count % 2 == 1 ? " odd" : ""
        let isCut = part != event.bytes ? " cut" : ""
        output.addBox(
          "\(event.look.rawValue)\(shade)\(isCut)", x: begin + 0.75, y: y - LaneMetrics.box / 2,
          width: max(1, end - begin - 1.5), height: LaneMetrics.box, title: event.title)
        let label = part == event.bytes ? event.label : "\(part.count) of \(event.label)"
        if LaneMetrics.width(of: label) + 6 <= end - begin {
          output.addText("label", x: (begin + end) / 2, y: y + 4, anchor: "middle", label)
        }
      }
    }
    writeEdges(lanes, bytes, places, top: top, to: &output)
    writeAxis(lanes, bytes, places, y: top + Double(lanes.count) * LaneMetrics.lane + 12, to: &output)
    output.append("\n")
  }

  /// Between two lanes: an edge that both have goes through, one that only one has ends between them.
  private func writeEdges(
    _ lanes: [LaneTrack], _ bytes: Range<Int64>, _ places: [Int64: Double], top: Double,
    to output: inout ByteBuffer
  ) {
    for number in lanes.indices.dropLast() {
      let (upper, lower) = (edges(lanes[number]), edges(lanes[number + 1]))
      let from = top + (Double(number) + 0.5) * LaneMetrics.lane + LaneMetrics.box / 2
      let to = from + LaneMetrics.lane - LaneMetrics.box
      for edge in upper.union(lower) where bytes.contains(edge) || edge == bytes.upperBound {
        guard let x = places[edge] else { continue }
        switch (upper.contains(edge), lower.contains(edge)) {
        case (true, true): output.addLine("kept", from: (x, from), to: (x, to))
        case (true, false): output.addLine("gone", from: (x, from), to: (x, (from + to) / 2))
        case (false, _): output.addLine("came", from: (x, (from + to) / 2), to: (x, to))
        }
      }
    }
  }

  private func edges(_ track: LaneTrack) -> Set<Int64> {
    Set(track.events.filter { !$0.bytes.isEmpty }.flatMap { [$0.bytes.lowerBound, $0.bytes.upperBound] })
  }

  /// Offsets below the edges of the lowest lane, as far as there is room; the first and the last in any case.
  private func writeAxis(
    _ lanes: [LaneTrack], _ bytes: Range<Int64>, _ places: [Int64: Double], y: Double,
    to output: inout ByteBuffer
  ) {
    guard let last = places[bytes.upperBound], let lowest = lanes.last else { return }
    let lastText = "\(bytes.upperBound)"
    let lastWidth = LaneMetrics.width(of: lastText)
    var end = -Double.infinity
    for edge in edges(lowest).union([bytes.lowerBound]).sorted() where bytes.contains(edge) {
      guard let x = places[edge] else { continue }
      let text = "\(edge)"
      let width = LaneMetrics.width(of: text)
      if x < end + 8 || x + width > last - lastWidth - 8 { continue }
      output.addText("axis", x: x, y: y, text)
      end = x + width
    }
    output.addText("axis", x: last, y: y, anchor: "end", lastText)
  }
}
