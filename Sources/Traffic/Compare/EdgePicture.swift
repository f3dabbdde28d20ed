import SystemPackage

/// The chunks of two runs as two rows on one scale: what lies below each other has the same place in the stream.
///
/// Where there is room the scale is that of bytes; where a chunk would be too narrow for its size, it is wider there, in both rows.
public struct EdgePicture: Sendable {
  /// A part of a row that is drawn in one way.
  public struct Part: Sendable, Equatable {
    public var text: String
    /// The other run has no such chunk there.
    public var isDifferent: Bool
  }

  fileprivate struct Piece {
    var start: Int64
    var end: Int64
    var label: String
    var isDifferent: Bool

    /// Cells that it needs.
    var least: Int { label.count + 2 }
    /// Nothing was taken: the stream came to its end.
    var isEnd: Bool { start == end }
  }

  /// Cells a byte, and a datagram, at most.
  private static let widest = (byte: 3.0, datagram: 14.0)

  public private(set) var a: [Part] = []
  public private(set) var b: [Part] = []
  /// The offsets of edges, or the numbers of datagrams.
  public private(set) var axis = ""

  /// - Parameter width: cells of each row.
  public init(_ scene: ComparedScene, isByOrder: Bool, width: Int) {
    let (first, second) = Self.pieces(scene.rows, isByOrder)
    let all = first + second
    let lead = scene.isCutBefore ? 1 : 0
    // What comes behind the last edge.
    let tail = 2 + (all.map { $0.isEnd ? $0.label.count : 1 }.max() ?? 1)
    let room = max(8, width - lead - tail)
    let edges = Set(all.flatMap { [$0.start, $0.end] }).sorted()
    guard let begin = edges.first else { return }
    var (low, high) = (0.0, isByOrder ? Self.widest.datagram : Self.widest.byte)
    if Self.places(edges, all, high).last ?? 0 > room {
      for _ in 0..<32 {
        let middle = (low + high) / 2
        if Self.places(edges, all, middle).last ?? 0 > room { high = middle } else { low = middle }
      }
    } else {
      low = high
    }
    let columns = Self.places(edges, all, low)
    let shown = columns.lastIndex { $0 <= room } ?? 0
    var places: [Int64: Int] = [:]
    for (edge, column) in zip(edges[...shown], columns) { places[edge] = column + lead }
    let isCut = shown < edges.count - 1 || scene.isCutBehind
    a = Self.row(first, places, lead: lead, isCut: isCut, end: edges[shown], width: width)
    b = Self.row(second, places, lead: lead, isCut: isCut, end: edges[shown], width: width)
    let differing = all.filter(\.isDifferent).map(\.start).min()
    let labelled = edges[...shown].map { edge in
      (column: places[edge] ?? 0, text: isByOrder ? "\(edge + 1)" : "\(edge)", isFirst: edge == differing)
    }
    axis = Self.axis(isByOrder ? labelled.dropLast(edges.count > 1 ? 1 : 0) : labelled, begin, width)
  }

  private static func pieces(_ rows: [ComparedRow], _ isByOrder: Bool) -> (a: [Piece], b: [Piece]) {
    var (a, b): ([Piece], [Piece]) = ([], [])
    for (place, row) in rows.enumerated() {
      let number = Int64(place)
      if let call = row.a { a.append(Piece(call, isByOrder ? number : nil, isDifferent: !row.isSame)) }
      if let call = row.b { b.append(Piece(call, isByOrder ? number : nil, isDifferent: !row.isSame)) }
    }
    return (a, b)
  }

  /// Where each edge lies: as its offset says, and far enough from the one before for what stands between.
  private static func places(_ edges: [Int64], _ pieces: [Piece], _ scale: Double) -> [Int] {
    var places: [Int64: Int] = [:]
    var ending: [Int64: [Piece]] = [:]
    for piece in pieces where !piece.isEnd { ending[piece.end, default: []].append(piece) }
    var columns: [Int] = []
    for edge in edges {
      var column = columns.last.map { $0 + 1 } ?? 0
      column = max(column, Int((Double(edge - edges[0]) * scale).rounded()))
      for piece in ending[edge] ?? [] { column = max(column, (places[piece.start] ?? 0) + piece.least) }
      places[edge] = column
      columns.append(column)
    }
    return columns
  }

  private static func row(
    _ pieces: [Piece], _ places: [Int64: Int], lead: Int, isCut: Bool, end: Int64, width: Int
  ) -> [Part] {
    var parts: [Part] = []
    var column = 0
    func add(_ text: String, at place: Int, _ isDifferent: Bool) {
      if place > column {
        parts.append(Part(text: String(repeating: " ", count: place - column), isDifferent: false))
      }
      parts.append(Part(text: text, isDifferent: isDifferent))
      column = max(column, place) + text.count
    }
    if lead > 0 { add("…", at: 0, false) }
    for piece in pieces {
      guard let start = places[piece.start] else { continue }
      if piece.isEnd {
        add(piece.label, at: start, piece.isDifferent)
      } else {
        // One that goes on behind the picture has no end in it.
        let isOpen = places[piece.end] == nil
        if isOpen, start + piece.least > width {
          add("…", at: start, false)
          return parts
        }
        let inside = (places[piece.end] ?? max(places[end] ?? 0, start + piece.label.count) + 2) - start - 2
        let left = (inside - piece.label.count) / 2
        let right = inside - piece.label.count - left
        let label =
          left < 2
          ? spaces(left) + piece.label + spaces(right)
          : line(left - 1) + " " + piece.label + " " + line(right - 1)
        add("▐" + label + (isOpen ? "…" : "▌"), at: start, piece.isDifferent)
        if isOpen { return parts }
      }
    }
    if isCut, pieces.last.map({ $0.end >= end && !($0.isEnd && places[$0.start] != nil) }) ?? false {
      add("…", at: places[end] ?? column, false)
    }
    return parts
  }

  private static func line(_ count: Int) -> String { String(repeating: "━", count: max(0, count)) }
  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

  /// The first difference is named in any case, the others where there is room.
  private static func axis(
    _ labels: some Sequence<(column: Int, text: String, isFirst: Bool)>, _ begin: Int64, _ width: Int
  ) -> String {
    var cells = Array(repeating: Character(" "), count: width + 1)
    for (column, text, _) in labels.sorted(by: { $0.isFirst && !$1.isFirst }) {
      let end = column + text.count
      guard end <= width, cells[max(0, column - 1)..<min(end + 1, cells.count)].allSatisfy({ $0 == " " })
      else { continue }
      cells.replaceSubrange(column..<end, with: text)
    }
    while cells.last == " " { cells.removeLast() }
    return String(cells)
  }
}

extension EdgePicture.Piece {
  fileprivate init(_ call: ComparedCall, _ number: Int64?, isDifferent: Bool) {
    let record = call.record
    let isDatagram = number != nil
    start = number ?? call.range.lowerBound
    end = isDatagram ? start + 1 : call.range.upperBound
    self.isDifferent = isDifferent
    if let errno = record.errno {
      (label, end) = ("╳ \(errno.name)", start)
    } else if record.result == 0, !record.conditions.contains(.datagram) {
      (label, end) = ("╳ end", start)
    } else {
      label = "\(record.result)"
    }
  }
}
