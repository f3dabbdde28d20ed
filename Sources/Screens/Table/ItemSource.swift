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
  /// The same where each is asked what a filter asks, with a share of its payload if that is read.
  private static let filteredReach = 1 << 15

  let journal: Journal
  let selection: Selection
  let filter: RowFilter
  /// Records from this sequence number on are not shown: the view is frozen.
  let end: Int?
  /// What only some records pass; nil shows all that `filter` does.
  let search: RowSearch?
  private let surroundings: FilterSurroundings?

  init(journal: Journal, selection: Selection, filter: RowFilter, end: Int?, search: RowSearch?) {
    self.journal = journal
    self.selection = selection
    self.filter = filter
    self.end = end
    self.search = search
    surroundings = search.map { FilterSurroundings(journal, $0.sockets) }
  }

  /// False while rows may be missing that nobody has found yet.
  var isComplete: Bool { search?.isDone ?? true }

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
    let kinds = self.kinds
    var rows: [Row] = []
    var next = max(place, places.lowerBound)
    var looked = 0
    while rows.count < count, looked < reach {
      // A send() may stand above the first record of what is not passed over.
      next = max(
        next, journal.skip(of: socket, from: next, to: kinds) - (isInOrderOfCause ? CausePlaces.reach : 0))
      next = search?.skip(from: next) ?? next
      if next >= places.upperBound { break }
      let range = next..<min(next + block(count), places.upperBound)
      rows += shown(in: range, &looked)
      next = range.upperBound
    }
    return Array(rows.prefix(count))
  }

  /// Up to `count` rows before a place, oldest first.
  func rows(before place: Int, count: Int) -> [Row] {
    let places = self.places
    let kinds = self.kinds
    var rows: [Row] = []
    var next = min(place, places.upperBound)
    var looked = 0
    while rows.count < count, looked < reach {
      next = min(
        next,
        journal.skip(of: socket, backFrom: next + (isInOrderOfCause ? CausePlaces.reach : 0), to: kinds))
      next = search?.skip(backFrom: next) ?? next
      if next <= places.lowerBound { break }
      let range = max(next - block(count), places.lowerBound)..<next
      rows = shown(in: range, &looked) + rows
      next = range.lowerBound
    }
    return rows.suffix(count)
  }

  /// Those of some calls that wait whose rows would be shown, and that have no record yet: sends first, for they seldom wait, then what was called last.
  func shown(_ calls: [WaitingCall]) -> [WaitingCall] {
    // What a filter asks is not known of a call before it returns.
    if search != nil { return [] }
    return calls.filter { call in
      guard selection == .all || selection == .socket(call.socket),
        !filter.hidden.contains(call.kind == .send ? .sent : .received),
        let totals = journal.socket(call.socket)?.totals
      else { return false }
      return !totals.isClosed && call.number > (call.kind == .send ? totals.sends : totals.receives)
    }.sorted { ($0.kind == .send ? 1 : 0, $0.start) > ($1.kind == .send ? 1 : 0, $1.start) }
  }

  private var kinds: RecordKinds {
    search.map { filter.kinds.intersection($0.filter.kinds) } ?? filter.kinds
  }

  private var reach: Int { search == nil ? Self.reach : Self.filteredReach }

  /// Passes over records that are surely none of some kinds.
  func skip(from place: Int, to kinds: RecordKinds) -> Int {
    journal.skip(of: socket, from: place, to: kinds)
  }

  /// - Parameter looked: grows by what the look took.
  private func shown(in range: Range<Int>, _ looked: inout Int) -> [Row] {
    guard let search, let surroundings else {
      looked += range.count
      return read(range).filter { filter.shows($0.item) }
    }
    let condition = search.filter
    // Where nobody has looked yet there may be nothing for long.
    looked += search.isKnown(range.lowerBound) ? range.count : range.count * 16
    let records = records(in: range)
    // What was evicted meanwhile is missing at the front.
    let first = range.upperBound - records.count
    var rows: [Row] = []
    for (place, (sequence, record)) in zip(first..., records) {
      if condition.readsPayload { looked += Int(record.payloadLength) >> 8 }
      guard condition.passes(record, sequence, surroundings) else { continue }
      let row = Row(place: place, item: .record(record, sequence: sequence))
      if filter.shows(row.item) { rows.append(row) }
    }
    return rows
  }

  private var socket: SocketID? {
    switch selection {
    case .all: nil
    case .socket(let socket): socket
    }
  }

  /// Where next to nothing is hidden what is asked for, and as much again for records that are no rows.
  private func block(_ count: Int) -> Int {
    if let search { return search.block }
    return filter.isThin ? 2 * count + 1 : max(Self.block, count)
  }

  func place(atOrAfter id: Item.ID) -> Int {
    isInOrderOfCause ? causePlaces.place(of: id.sequence) : place(atOrAfter: id.sequence)
  }

  /// A send() stands above what it fed where both are shown. What passes a filter stands in the order of the journal.
  private var isInOrderOfCause: Bool {
    selection == .all && search == nil && filter.hidden.isDisjoint(with: [.sent, .received])
  }

  private var causePlaces: CausePlaces { CausePlaces(journal, held: places) }

  private func place(atOrAfter sequence: Int) -> Int {
    switch selection {
    case .all: sequence
    case .socket(let socket): journal.rank(of: socket, atOrAfter: sequence)
    }
  }

  private func read(_ range: Range<Int>) -> [Row] {
    let records = records(in: range)
    switch selection {
    case .all where isInOrderOfCause:
      return causePlaces.records(at: range).map {
        Row(place: $0.place, item: .record($0.record, sequence: $0.sequence))
      }
    case .all:
      return records.map {
        Row(place: $0.sequence, item: .record($0.record, sequence: $0.sequence))
      }
    case .socket:
      // What was evicted meanwhile is missing at the front.
      let first = range.upperBound - records.count
      return records.enumerated().map {
        Row(place: first + $0.offset, item: .record($0.element.record, sequence: $0.element.sequence))
      }
    }
  }

  func records(in range: Range<Int>) -> [(sequence: Int, record: Record)] {
    switch selection {
    case .all: journal.records(in: range)
    case .socket(let socket): journal.records(of: socket, in: range)
    }
  }
}
