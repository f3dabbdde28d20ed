import Traffic

/// The items that the table shows, read from the journal by place: a rank of a socket, or a place in the order of cause.
struct ItemSource {
  /// One of them, with its place.
  struct Row: Sendable, Identifiable {
    var place: Int
    var item: Item

    var id: Item.ID { item.id }
  }

  /// Records read in one go while looking for rows.
  private static let block = 512
  /// Records looked at for one screen at most, without stretches of the journal in which the filter hides all.
  private static let reach = 1 << 18

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
    let kinds = filter.kinds
    var rows: [Row] = []
    var next = max(place, places.lowerBound)
    var looked = 0
    while rows.count < count, looked < Self.reach {
      // A send() may stand above the first record of what is not passed over.
      next = max(
        next, journal.skip(of: socket, from: next, to: kinds) - (isInOrderOfCause ? CausePlaces.reach : 0))
      if next >= places.upperBound { break }
      let range = next..<min(next + block(count), places.upperBound)
      rows += read(range).filter { filter.shows($0.item) }
      looked += range.count
      next = range.upperBound
    }
    return Array(rows.prefix(count))
  }

  /// Up to `count` rows before a place, oldest first.
  func rows(before place: Int, count: Int) -> [Row] {
    let places = self.places
    let kinds = filter.kinds
    var rows: [Row] = []
    var next = min(place, places.upperBound)
    var looked = 0
    while rows.count < count, looked < Self.reach {
      next = min(
        next,
        journal.skip(of: socket, backFrom: next + (isInOrderOfCause ? CausePlaces.reach : 0), to: kinds))
      if next <= places.lowerBound { break }
      let range = max(next - block(count), places.lowerBound)..<next
      rows = read(range).filter { filter.shows($0.item) } + rows
      looked += range.count
      next = range.lowerBound
    }
    return rows.suffix(count)
  }

  /// Those of some calls that wait whose rows would be shown, and that have no record yet: sends first, for they seldom wait, then what was called last.
  func shown(_ calls: [WaitingCall]) -> [WaitingCall] {
    calls.filter { call in
      guard selection == .all || selection == .socket(call.socket),
        !filter.hidden.contains(call.kind == .send ? .sent : .received),
        let totals = journal.socket(call.socket)?.totals
      else { return false }
      return !totals.isClosed && call.number > (call.kind == .send ? totals.sends : totals.receives)
    }.sorted { ($0.kind == .send ? 1 : 0, $0.start) > ($1.kind == .send ? 1 : 0, $1.start) }
  }

  private var socket: SocketID? {
    switch selection {
    case .all: nil
    case .socket(let socket): socket
    }
  }

  /// Where next to nothing is hidden what is asked for, and as much again for records that are no rows.
  private func block(_ count: Int) -> Int { filter.isThin ? 2 * count + 1 : max(Self.block, count) }

  func place(atOrAfter id: Item.ID) -> Int {
    isInOrderOfCause ? causePlaces.place(of: id.sequence) : place(atOrAfter: id.sequence)
  }

  /// A send() stands above what it fed where both are shown.
  private var isInOrderOfCause: Bool {
    selection == .all && filter.hidden.isDisjoint(with: [.sent, .received])
  }

  private var causePlaces: CausePlaces { CausePlaces(journal, held: places) }

  private func place(atOrAfter sequence: Int) -> Int {
    switch selection {
    case .all: sequence
    case .socket(let socket): journal.rank(of: socket, atOrAfter: sequence)
    }
  }

  private func read(_ range: Range<Int>) -> [Row] {
    switch selection {
    case .all where isInOrderOfCause:
      return causePlaces.records(at: range).map {
        Row(place: $0.place, item: .record($0.record, sequence: $0.sequence))
      }
    case .all:
      return journal.records(in: range).map {
        Row(place: $0.sequence, item: .record($0.record, sequence: $0.sequence))
      }
    case .socket(let socket):
      let records = journal.records(of: socket, in: range)
      // What was evicted meanwhile is missing at the front.
      let first = range.upperBound - records.count
      return records.enumerated().map {
        Row(place: first + $0.offset, item: .record($0.element.record, sequence: $0.element.sequence))
      }
    }
  }
}
