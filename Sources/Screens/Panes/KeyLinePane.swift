/// Draws the keys of the bottom line.
struct KeyLinePane {
  let line: KeyLine

  func draw(on canvas: Canvas) {
    let area = line.area
    for (key, column) in line.places {
      let after = canvas.put(
        " " + key.label, row: area.row, column: column, style: Style(key.isOff ? .muted : .key), clip: area)
      canvas.put(
        " " + key.word + " ", row: area.row, column: after, style: Style(key.isOff ? .muted : .keyWord),
        clip: area)
    }
  }
}
