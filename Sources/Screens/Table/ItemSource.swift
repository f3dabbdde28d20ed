import Traffic

/// The items that the table shows, read from the journal by place: a rank of a socket, or a place in the order of cause; messages
/// stand behind the record that completed them.
struct ItemSource {
  /// Where a row stands.
  struct Place: Hashable, Comparable {
    /// Of the record.
    var record: Int
    /// 0 for the record itself, else which of the messages that it completed.
    var message = 0

    /// Before all rows.
    static let start = Place(record: 0)
    /// Behind all rows.
    static let end = Place(record: .max)

    /// The first place behind this one.
    var next: Place { Place(record: record, message: message + 1) }

    static func < (left: Place, right: Place) -> Bool {
      (left.record, left.message) < (right.record, right.message)
    }
  }

  /// One of them, with its place.
  struct Row: Sendable, Identifiable {
    var place: Place
    var item: Item

    var id: Item.ID { item.id }
  }

  /// A record with its place.
  private struct Entry {
    var place: Int
    var sequence: Int
    var record: Record
    /// False if only its messages can be rows.
    var isRow = true
  }

  /// Records read in one go while looking for rows.
  private static let block = 512
  /// Records looked at for one screen at most, without stretches of the journal in which the filter hides all.
  private static let reach = 1 << 18
  /// The same where each is asked what a filter asks, with a share of its payload if that is read.
  private static let filteredReach = 1 << 15

  let journal: Journal
  let messages: MessageIndex
  let selection: Selection
  let filter: RowFilter
  /// Records from this sequence number on are not shown: the view is frozen.
  let end: Int?
  /// What only some records pass; nil shows all that `filter` does.
  let search: RowSearch?
  private let surroundings: FilterSurroundings?
  private let hasMessages: Bool

  init(
    journal: Journal, messages: MessageIndex, selection: Selection, filter: RowFilter, end: Int?,
    search: RowSearch?
  ) {
    self.journal = journal
    self.messages = messages
    self.selection = selection
    self.filter = filter
    self.end = end
    self.search = search
    surroundings = search.map { FilterSurroundings(journal, $0.sockets) }
    hasMessages = filter.showsMessages && messages.isUsed
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
  func rows(from place: Place, count: Int) -> [Row] {
    let places = self.places
    let kinds = self.kinds
    var rows: [Row] = []
    var next = max(place.record, places.lowerBound)
    var looked = 0
    while rows.count < count, looked < reach {
      // A send() may stand above the first record of what is not passed over.
      next = max(
        next, journal.skip(of: socket, from: next, to: kinds) - (isInOrderOfCause ? CausePlaces.reach : 0))
      next = search?.skip(from: next) ?? next
      if next >= places.upperBound { break }
      let range = next..<min(next + block(count), places.upperBound)
      for entry in shown(in: range, &looked) where rows.count < count {
        let first = entry.place == place.record ? place.message : 0
        if first == 0, let row = row(entry) { rows.append(row) }
        let messages = messages(behind: entry).drop { $0.place < first }
        if messages.isEmpty { continue }
        rows += messages.lazy.filter(passing(entry)).prefix(count - rows.count).map { row($0, entry) }
      }
      next = range.upperBound
    }
    return rows
  }

  /// Up to `count` rows before a place, oldest first.
  func rows(before place: Place, count: Int) -> [Row] {
    let places = self.places
    let kinds = self.kinds
    var newestFirst: [Row] = []
    // Messages may stand before the place, behind its own record.
    var next =
      place.message > 0 ? min(place.record + 1, places.upperBound) : min(place.record, places.upperBound)
    var looked = 0
    while newestFirst.count < count, looked < reach {
      next = min(
        next,
        journal.skip(of: socket, backFrom: next + (isInOrderOfCause ? CausePlaces.reach : 0), to: kinds))
      next = search?.skip(backFrom: next) ?? next
      if next <= places.lowerBound { break }
      let range = max(next - block(count), places.lowerBound)..<next
      for entry in shown(in: range, &looked).reversed() where newestFirst.count < count {
        let end = entry.place == place.record ? place.message : .max
        let messages = messages(behind: entry).prefix { $0.place < end }
        if !messages.isEmpty {
          newestFirst += messages.reversed().lazy.filter(passing(entry)).prefix(count - newestFirst.count)
            .map { row($0, entry) }
        }
        if newestFirst.count < count, let row = row(entry) { newestFirst.append(row) }
      }
      next = range.lowerBound
    }
    return newestFirst.reversed()
  }

  private func row(_ entry: Entry) -> Row? {
    let item = Item.record(entry.record, sequence: entry.sequence)
    guard entry.isRow, filter.shows(item) else { return nil }
    return Row(place: Place(record: entry.place), item: item)
  }

  /// Which messages of a record's socket pass the filter.
  private func passing(_ entry: Entry) -> (PlacedMessage) -> Bool {
    search?.passing(entry.record.socket, journal) ?? { _ in true }
  }

  private func row(_ message: PlacedMessage, _ entry: Entry) -> Row {
    Row(place: Place(record: entry.place, message: message.place), item: .message(message))
  }

  /// The messages that a record completed, if they are shown; the filter is still to be asked of them.
  private func messages(behind entry: Entry) -> ArraySlice<PlacedMessage> {
    guard hasMessages, MessageFollower.moves(entry.record.kind), messages.isFramed(entry.record.socket) else {
      return []
    }
    return messages.messages(of: entry.record.socket, completedBy: entry.sequence, journal)
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
    guard let search else { return filter.kinds(hasMessages: hasMessages) }
    let asked = hasMessages ? search.filter.kinds.union(.ofMessages) : search.filter.kinds
    return filter.kinds(hasMessages: hasMessages).intersection(asked)
  }

  private var reach: Int { search == nil ? Self.reach : Self.filteredReach }

  /// Passes over records that are surely none of some kinds.
  func skip(from place: Int, to kinds: RecordKinds) -> Int {
    journal.skip(of: socket, from: place, to: kinds)
  }

  /// - Parameter looked: grows by what the look took.
  private func shown(in range: Range<Int>, _ looked: inout Int) -> [Entry] {
    guard let search, let surroundings else {
      looked += range.count
      return read(range)
    }
    let condition = search.filter
    // Where nobody has looked yet there may be nothing for long.
    looked += search.isKnown(range.lowerBound) ? range.count : range.count * 16
    return read(range).compactMap { entry in
      if condition.readsPayload { looked += Int(entry.record.payloadLength) >> 8 }
      var entry = entry
      entry.isRow = condition.passes(entry.record, entry.sequence, surroundings)
      return entry.isRow || hasMessages ? entry : nil
    }
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

  func place(atOrAfter id: Item.ID) -> Place {
    let record = isInOrderOfCause ? causePlaces.place(of: id.sequence) : place(atOrAfter: id.sequence)
    return Place(record: record, message: id.place)
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

  private func read(_ range: Range<Int>) -> [Entry] {
    if isInOrderOfCause {
      return causePlaces.records(at: range).map {
        Entry(place: $0.place, sequence: $0.sequence, record: $0.record)
      }
    }
    let records = records(in: range)
    // What was evicted meanwhile is missing at the front.
    let first = range.upperBound - records.count
    return zip(first..., records).map { Entry(place: $0, sequence: $1.sequence, record: $1.record) }
  }

  func records(in range: Range<Int>) -> [(sequence: Int, record: Record)] {
    switch selection {
    case .all: journal.records(in: range)
    case .socket(let socket): journal.records(of: socket, in: range)
    }
  }
}
