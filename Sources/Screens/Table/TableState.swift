import Traffic

/// The table: which items are its rows, what is told of them, and where it stands: at the tail, or anchored to an item.
struct TableState: Sendable {
  /// Those that are wanted, in order.
  var columns: [Column]
  var filter = RowFilter()
  /// What a row has to pass besides; nil for nothing.
  private(set) var search: RowSearch?
  /// The newest condition that was set.
  private(set) var lastFilter: Filter?
  var moments: Moments
  private(set) var follows = true
  /// Place of the first row shown.
  private var top = ItemSource.Place.start
  /// Which item that row is; nil once another place was chosen. A row above it may come late, and moves it down.
  private var topItem: Item.ID?
  /// Which item is under the cursor.
  private(set) var cursor = Item.ID.first
  /// The rows on screen, as `settle` found them.
  private(set) var rows: [ItemSource.Row] = []
  /// Rows that there was room for when it was settled last.
  private var height = 0
  /// The calls that wait, shown below the newest row: each is where its own row will be.
  private(set) var waiting: [WaitingCall] = []
  /// Calls that wait and are shown at most.
  private static let mostWaiting = 2
  /// The row before the first, for its Δ.
  private(set) var before: ItemSource.Row?
  /// The item under the cursor, as `settle` found it.
  private(set) var current: Item?

  init(columns: [Column], utcOffset: Int) {
    self.columns = columns
    moments = Moments(utcOffset: utcOffset)
  }

  /// Takes the rows for a screen of so many from the source; moves as little as it can.
  /// - Parameter calls: those that wait now, on any socket.
  mutating func settle(_ source: ItemSource, waiting calls: [WaitingCall], height: Int) {
    moments.settle(source.journal)
    waiting = Array(source.shown(calls).prefix(min(Self.mostWaiting, height / 4)))
    let room = height - waiting.count
    // Where there has come to be less room the view goes along with its cursor.
    if height < self.height, !follows { go(to: cursor, source, height: height) }
    self.height = height
    if follows {
      rows = source.rows(before: .end, count: room)
      cursor = rows.last?.id ?? .first
    } else {
      if let topItem { top = source.place(atOrAfter: topItem) }
      rows = source.rows(from: top, count: height)
      // While not all of them are found, fewer are shown, and the view stays where it is.
      if rows.count < room, source.isComplete { rows = source.rows(before: .end, count: room) }
      waiting = Array(waiting.prefix(height - rows.count))
      let place = source.place(atOrAfter: cursor)
      // Its row may be outside, or gone: hidden by a filter, or a message that another framing does not make.
      if let near = rows.last(where: { $0.place <= place }) ?? rows.first { cursor = near.id }
    }
    if rows.isEmpty, !source.isComplete {
      (before, current) = (nil, nil)
      return
    }
    top = rows.first?.place ?? .start
    topItem = rows.first?.id
    before = rows.first.flatMap { source.rows(before: $0.place, count: 1).first }
    current = rows.first { $0.id == cursor }?.item
  }

  mutating func take(_ move: Move, _ source: ItemSource, height: Int) {
    switch move {
    case .line(let count): step(by: count, source, height: height)
    case .page(let count): step(by: count * max(1, height - 1), source, height: height)
    case .side: break
    case .first:
      if let first = source.rows(from: .start, count: 1).first { go(to: first.id, source, height: height) }
    case .last: follow()
    }
  }

  /// Stays with the newest row.
  mutating func follow() { follows = true }

  /// Stays where it is.
  /// - Returns: the row that was the newest; nil if it was not followed.
  mutating func hold() -> Item.ID? {
    defer { follows = false }
    return follows ? cursor : nil
  }

  /// Begins anew with the newest of other rows.
  mutating func restart() {
    (follows, top, topItem) = (true, .start, nil)
    (cursor, rows, before) = (.first, [], nil)
  }

  /// Moves the cursor by rows; the view follows it.
  private mutating func step(by count: Int, _ source: ItemSource, height: Int) {
    let place = source.place(atOrAfter: cursor)
    let target =
      count < 0
      ? source.rows(before: place, count: -count).first : source.rows(from: place.next, count: count).last
    follows = false
    if let target { go(to: target.id, source, height: height) }
  }

  /// Moves the view by rows, and the cursor only if it would leave the view.
  mutating func scroll(by count: Int, _ source: ItemSource) {
    let first =
      count < 0
      ? source.rows(before: top, count: -count).first : source.rows(from: top.next, count: count).last
    follows = false
    if let first { (top, topItem) = (first.place, nil) }
  }

  /// Puts the cursor on an item, and moves the view if that is outside.
  /// - Parameter isCentred: the view moves in any case, and has it in the middle.
  mutating func go(to id: Item.ID, isCentred: Bool = false, _ source: ItemSource, height: Int) {
    follows = false
    cursor = id
    topItem = nil
    let place = source.place(atOrAfter: id)
    if isCentred {
      top = source.rows(before: place.next, count: (height + 1) / 2).first?.place ?? place
      return
    }
    let shown = source.rows(from: top, count: height)
    if place < top {
      top = place
    } else if let last = shown.last, place > last.place {
      // A step past the end scrolls by rows; a jump puts the item into the middle.
      let above = place.record - last.place.record > height ? height / 2 : height
      top = source.rows(before: place.next, count: above).first?.place ?? place
    }
  }

  // MARK: Filter

  /// Shows only what passes, or all if nil.
  mutating func show(only filter: Filter?) {
    search = filter.map { RowSearch($0) }
    lastFilter = filter ?? lastFilter
  }

  /// Shows only what passes this as well.
  mutating func show(also filter: Filter) {
    show(only: search.map { Filter($0.filter.expression.and(filter.expression)) } ?? filter)
  }

  /// Looks on for what passes.
  mutating func goOnSearching(
    _ journal: Journal, _ messages: MessageIndex, _ selection: Selection, isIdle: Bool
  ) {
    search?.goOn(journal, messages, selection, isIdle: isIdle)
  }

  // MARK: Columns

  /// Shows a column behind the others, or hides it.
  /// - Returns: false if it is the last one, which has to stay.
  mutating func toggle(_ column: Column) -> Bool {
    if !columns.contains(column) {
      columns.append(column)
    } else if columns.count > 1 {
      columns.removeAll { $0 == column }
    } else {
      return false
    }
    return true
  }

  /// Moves a column that is shown to the left or to the right.
  /// - Returns: its place then; nil if there is none.
  mutating func move(_ column: Column, by step: Int) -> Int? {
    guard let place = columns.firstIndex(of: column), columns.indices.contains(place + step) else {
      return nil
    }
    columns.swapAt(place, place + step)
    return place + step
  }
}
