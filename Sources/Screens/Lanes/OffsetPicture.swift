import Traffic

extension LanesPicture {
  /// How many cells a byte takes, or how many bytes a cell holds.
  struct OffsetScale {
    var cells: Int64 = 1
    var bytes: Int64 = 1

    /// Steps of two, from what suits a chunk of a length, or larger if the whole stream fits; each zoom step doubles the
    /// size.
    init(chunk: Int64, length: Int64, width: Int, zoom: Int) {
      let wanted: Int64 = 8
      while cells < 8, chunk * cells < wanted / 2 { cells *= 2 }
      while chunk / bytes > wanted * 2 { bytes *= 2 }
      while bytes > 1, column(length) <= Int64(width) / 2 { bytes /= 2 }
      while cells < 8, column(length) <= Int64(width) / 2 { cells *= 2 }
      for _ in 0..<min(30, abs(zoom)) {
        if zoom > 0 {
          if bytes > 1 { bytes /= 2 } else if cells < 16 { cells *= 2 }
        } else {
          if cells > 1 { cells /= 2 } else { bytes *= 2 }
        }
      }
    }

    func column(_ offset: Int64) -> Int64 { offset * cells / bytes }
  }

  /// The same bytes under each other: what each send() gave and each recv() took, and which edges survived.
  static func byOffset(
    _ set: LaneSet, _ subject: LanesSubject, way cursorWay: Int, width: Int, zoom: Int
  ) -> LanesPicture {
    var picture = LanesPicture()
    var lane = 0
    for (place, way) in set.ways.enumerated() {
      let streams = way.map(subject.stream)
      let length = streams.map(\.length).max() ?? 0
      let focus = place == cursorWay ? subject.bytes : max(0, length - 1)..<max(1, length)
      let usual = usualChunk(zip(way, streams).filter { $0.0.track.isCalls }.map(\.1), at: focus.lowerBound)
      let scale = OffsetScale(chunk: usual, length: length, width: width, zoom: zoom)
      let total = scale.column(length)
      // The whole stream if it fits, else its part around the cursor.
      let middle = scale.column(focus.lowerBound + Int64(focus.count) / 2)
      let shift = total <= Int64(width) ? 0 : min(max(0, middle - Int64(width) / 2), total - Int64(width))
      let from = shift * scale.bytes / scale.cells
      let to = min(length, (shift + Int64(width)) * scale.bytes / scale.cells + 1)
      var edges: [[Int64]] = []
      for (index, stream) in streams.enumerated() {
        if case .messages(let direction) = way[index].track {
          let messages = subject.messages.messages(
            of: stream.socket, in: from..<max(from, to), direction, limit: 4 * width, subject.journal)
          let ranges = messages.map(\.message.range)
          edges.append(
            ranges.map(\.lowerBound)
              + (messages.last?.isComplete == true ? [ranges[ranges.count - 1].upperBound] : []))
          picture.add(messages.compactMap { box($0, lane: lane + index, scale, shift, width) })
          continue
        }
        if case .segments = way[index].track {
          let segments = from < to ? subject.segments(way[index], in: from..<to, limit: 4 * width) : []
          edges.append(segments.map(\.bytes.lowerBound) + (segments.last.map { [$0.bytes.upperBound] } ?? []))
          picture.add(segments.compactMap { box($0, lane: lane + index, scale, shift, width) })
          continue
        }
        let chunks = from < to ? stream.chunks(in: from..<to, limit: 4 * width) : []
        edges.append(chunks.map(\.range.lowerBound) + (chunks.last.map { [$0.range.upperBound] } ?? []))
        for chunk in chunks { picture.add(chunk, lane: lane + index, scale, shift, width) }
      }
      for (index, pair) in zip(edges, edges.dropFirst()).enumerated() {
        picture.addEdges(above: Set(pair.0), below: Set(pair.1), lane: lane + index, scale, shift, width)
      }
      if place == cursorWay || set.ways.count == 1 { picture.addAxis(scale, shift, width, total) }
      lane += way.count
    }
    return picture
  }

  /// The median length of the chunks near an offset.
  private static func usualChunk(_ streams: [ByteStream], at offset: Int64) -> Int64 {
    var lengths: [Int64] = []
    for stream in streams {
      guard let near = stream.chunks(in: max(0, offset - 1)..<max(1, offset + 1), limit: 1).first else {
        continue
      }
      let chunks = stream.chunks(in: near.range.lowerBound..<near.range.lowerBound + (1 << 40), limit: 16)
      lengths += chunks.map { Int64($0.range.count) }
    }
    lengths.sort()
    return lengths.isEmpty ? 1 : max(1, lengths[lengths.count / 2])
  }

  private static func box(
    _ segment: LaneSegment, lane: Int, _ scale: OffsetScale, _ shift: Int64, _ width: Int
  ) -> LaneBox? {
    box(
      segment.bytes, segment.item, .segment(segment.bytes.count, isAgain: segment.isAgain), lane: lane, scale,
      shift, width)
  }

  private static func box(
    _ placed: PlacedMessage, lane: Int, _ scale: OffsetScale, _ shift: Int64, _ width: Int
  ) -> LaneBox? {
    let message = placed.message
    var box = box(
      message.range, Item.ID(placed), .message(message.range.count, isBroken: message.broken != nil),
      lane: lane, scale, shift, width)
    if !placed.isComplete { box?.hasEnd = false }
    return box
  }

  private static func box(
    _ range: Range<Int64>, _ item: Item.ID, _ label: BoxLabel, lane: Int, _ scale: OffsetScale,
    _ shift: Int64,
    _ width: Int
  ) -> LaneBox? {
    let first = scale.column(range.lowerBound) - shift
    let last = max(first + 1, scale.column(range.upperBound) - shift)
    let (start, end) = (Int(max(0, first)), Int(min(Int64(width), last)))
    guard end > start else { return nil }
    return LaneBox(
      lane: lane, start: start, width: end - start, item: item, label: label, hasStart: first >= 0,
      hasEnd: last <= Int64(width))
  }

  private mutating func add(_ chunk: Chunk, lane: Int, _ scale: OffsetScale, _ shift: Int64, _ width: Int) {
    let box = Self.box(chunk.range, chunk.item.id, .bytes(chunk.range.count), lane: lane, scale, shift, width)
    if let box { boxes.append(box) }
  }

  private mutating func addEdges(
    above: Set<Int64>, below: Set<Int64>, lane: Int, _ scale: OffsetScale, _ shift: Int64, _ width: Int
  ) {
    for offset in above.union(below).sorted() {
      let column = Int(scale.column(offset) - shift)
      guard (0..<width).contains(column) else { continue }
      self.edges.append(
        Edge(lane: lane, column: column, isAbove: above.contains(offset), isBelow: below.contains(offset)))
    }
  }

  private mutating func addAxis(_ scale: OffsetScale, _ shift: Int64, _ width: Int, _ total: Int64) {
    for column in stride(from: 0, to: width - 6, by: 16) where Int64(column) + shift <= total {
      let offset = (Int64(column) + shift) * scale.bytes / scale.cells
      axis.append(Label(column: column, text: String(offset)))
    }
  }
}
