import Traffic

/// Where a picker stands on the screen, and which of its items are in view.
struct PickerLayout {
  let title: String
  let matches: [Picker.Item]
  /// What stands in place of the items where there are none.
  let empty: String
  /// The items are preceded by whether they are on.
  let hasMarks: Bool
  /// The rows of the items; the line typed stands above them.
  let rect: Rect
  let frame: Rect
  /// The item in the first row.
  let top: Int

  /// - Parameters:
  ///   - rows: of the window, as `columns`.
  init(_ picker: Picker, _ items: [Picker.Item], title: String, rows: Int, columns: Int) {
    self.title = title
    matches = picker.matches(items)
    empty = picker.obstacle ?? "nothing has these letters"
    hasMarks = items.contains { $0.isOn != nil }
    let mark = hasMarks ? 4 : 0
    let widest = items.map { mark + SafeText.width($0.text) + SafeText.width($0.key) + 6 }.max()
    let width = min(columns - 6, max(30, widest ?? SafeText.width(empty) + 4, SafeText.width(title) + 4))
    let height = min(rows - 7, min(max(16, rows * 2 / 3), max(1, items.count)))
    rect = Rect(row: 4, column: (columns - width) / 2, height: height, width: width)
    frame = Rect(row: rect.row - 2, column: rect.column - 1, height: height + 3, width: width + 2)
    top = max(0, min(picker.place, max(0, matches.count - 1)) - height + 1)
  }

  /// The place among the matches of the item at a cell; nil if there is none.
  func place(row: Int, column: Int) -> Int? {
    guard rect.contains(row: row, column: column) else { return nil }
    let place = top + row - rect.row
    return matches.indices.contains(place) ? place : nil
  }
}
