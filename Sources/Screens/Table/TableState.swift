/// Where the table stands: at the tail, or anchored to a record.
struct TableState: Sendable {
  var follows = true
  /// Place of the first row shown.
  var top = 0
  /// Sequence number of the record under the cursor.
  var cursor = 0
  /// The rows on screen, as `settle` found them.
  var rows: [RowSource.Row] = []
  /// The row before the first, for its Δ.
  var before: RowSource.Row?

  var cursorRow: RowSource.Row? { rows.first { $0.sequence == cursor } }

  /// Takes the rows for a screen of so many from the source; moves as little as it can.
  mutating func settle(_ source: RowSource, height: Int) {
    if follows {
      rows = source.rows(before: .max, count: height)
      cursor = rows.last?.sequence ?? 0
    } else {
      rows = source.rows(from: top, count: height)
      if rows.count < height { rows = source.rows(before: .max, count: height) }
      if let first = rows.first, cursor < first.sequence { cursor = first.sequence }
      if let last = rows.last, cursor > last.sequence { cursor = last.sequence }
    }
    top = rows.first?.place ?? 0
    before = rows.first.flatMap { source.rows(before: $0.place, count: 1).first }
  }

  /// Moves the cursor by rows; the view follows it.
  mutating func move(by count: Int, _ source: RowSource, height: Int) {
    let place = source.place(atOrAfter: cursor)
    let target =
      count < 0
      ? source.rows(before: place, count: -count).first : source.rows(from: place + 1, count: count).last
    follows = false
    if let target { go(to: target.sequence, source, height: height) }
  }

  /// Moves the view by rows, and the cursor only if it would leave the view.
  mutating func scroll(by count: Int, _ source: RowSource, height: Int) {
    let first =
      count < 0
      ? source.rows(before: top, count: -count).first : source.rows(from: top + 1, count: count).last
    follows = false
    if let first { top = first.place }
  }

  /// Puts the cursor on a record, and moves the view if the record is outside.
  mutating func go(to sequence: Int, _ source: RowSource, height: Int) {
    follows = false
    cursor = sequence
    let place = source.place(atOrAfter: sequence)
    let shown = source.rows(from: top, count: height)
    if place < top {
      top = place
    } else if let last = shown.last, place > last.place {
      // A step past the end scrolls by rows; a jump puts the record into the middle.
      let above = place - last.place > height ? height / 2 : height
      top = source.rows(before: place + 1, count: above).first?.place ?? place
    }
  }
}
