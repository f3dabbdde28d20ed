import Traffic

/// The records that the table shows, read from the journal by place: a rank of a socket, or a sequence number.
struct RowSource {
  struct Row: Sendable {
    var place: Int
    var sequence: Int
    var record: Record
  }

  /// Records read in one go while looking for rows.
  private static let block = 128
  /// Records looked at for one screen at most: with a filter that hides nearly all of them the rest comes later.
  private static let reach = 1 << 20

  let journal: Journal
  let selection: Selection
  let filter: RowFilter
  /// Records from this sequence number on are not shown: the view is frozen.
  let end: Int?

  /// The places of all records that can be shown now.
  var places: Range<Int> {
    switch selection {
    case .all:
      let held = journal.extent.records
      return held.lowerBound..<max(held.lowerBound, min(end ?? .max, held.upperBound))
    case .socket(let socket):
      let ranks = journal.ranks(of: socket)
      guard let end else { return ranks }
      return ranks.lowerBound..<max(ranks.lowerBound, min(ranks.upperBound, place(atOrAfter: end)))
    }
  }

  /// Up to `count` rows from a place on.
  func rows(from place: Int, count: Int) -> [Row] {
    let places = self.places
    var rows: [Row] = []
    var next = max(place, places.lowerBound)
    let last = min(places.upperBound, next + Self.reach)
    while rows.count < count, next < last {
      let range = next..<min(next + max(Self.block, count), last)
      rows += read(range).filter { filter.shows($0.record) }
      next = range.upperBound
    }
    return Array(rows.prefix(count))
  }

  /// Up to `count` rows before a place, oldest first.
  func rows(before place: Int, count: Int) -> [Row] {
    let places = self.places
    var rows: [Row] = []
    var next = min(place, places.upperBound)
    let last = max(places.lowerBound, next - Self.reach)
    while rows.count < count, next > last {
      let range = max(next - max(Self.block, count), last)..<next
      rows = read(range).filter { filter.shows($0.record) } + rows
      next = range.lowerBound
    }
    return rows.suffix(count)
  }

  func place(atOrAfter sequence: Int) -> Int {
    switch selection {
    case .all: sequence
    case .socket(let socket): journal.rank(of: socket, atOrAfter: sequence)
    }
  }

  private func read(_ range: Range<Int>) -> [Row] {
    switch selection {
    case .all:
      return journal.records(in: range).map {
        Row(place: $0.sequence, sequence: $0.sequence, record: $0.record)
      }
    case .socket(let socket):
      let records = journal.records(of: socket, in: range)
      // What was evicted meanwhile is missing at the front.
      let first = range.upperBound - records.count
      return records.enumerated().map {
        Row(place: first + $0.offset, sequence: $0.element.sequence, record: $0.element.record)
      }
    }
  }
}
