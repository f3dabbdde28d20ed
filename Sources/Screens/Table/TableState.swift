import Traffic

/// Where the table stands: at the tail, or anchored to an item.
struct TableState: Sendable {
  var follows = true
  /// Place of the first row shown.
  var top = 0
  /// The item under the cursor.
  var cursor = Item.ID.first
  /// The rows on screen, as `settle` found them.
  var rows: [ItemSource.Row] = []
  /// The row before the first, for its Δ.
  var before: ItemSource.Row?

  var cursorRow: ItemSource.Row? { rows.first { $0.id == cursor } }

  /// Takes the rows for a screen of so many from the source; moves as little as it can.
  mutating func settle(_ source: ItemSource, height: Int) {
    if follows {
      rows = source.rows(before: .max, count: height)
      cursor = rows.last?.id ?? .first
    } else {
      rows = source.rows(from: top, count: height)
      if rows.count < height { rows = source.rows(before: .max, count: height) }
      if let first = rows.first, cursor < first.id { cursor = first.id }
      if let last = rows.last, cursor > last.id { cursor = last.id }
    }
    top = rows.first?.place ?? 0
    before = rows.first.flatMap { source.rows(before: $0.place, count: 1).first }
  }

  /// Moves the cursor by rows; the view follows it.
  mutating func move(by count: Int, _ source: ItemSource, height: Int) {
    let place = source.place(atOrAfter: cursor)
    let target =
      count < 0
      ? source.rows(before: place, count: -count).first : source.rows(from: place + 1, count: count).last
    follows = false
    if let target { go(to: target.id, source, height: height) }
  }

  /// Moves the view by rows, and the cursor only if it would leave the view.
  mutating func scroll(by count: Int, _ source: ItemSource, height: Int) {
    let first =
      count < 0
      ? source.rows(before: top, count: -count).first : source.rows(from: top + 1, count: count).last
    follows = false
    if let first { top = first.place }
  }

  /// Puts the cursor on an item, and moves the view if that is outside.
  mutating func go(to id: Item.ID, _ source: ItemSource, height: Int) {
    follows = false
    cursor = id
    let place = source.place(atOrAfter: id)
    let shown = source.rows(from: top, count: height)
    if place < top {
      top = place
    } else if let last = shown.last, place > last.place {
      // A step past the end scrolls by rows; a jump puts the item into the middle.
      let above = place - last.place > height ? height / 2 : height
      top = source.rows(before: place + 1, count: above).first?.place ?? place
    }
  }
}
