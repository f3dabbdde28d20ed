/// Reads a line of a table as RFC 4180 has it.
enum CSVColumns {
  static func cells(_ line: String) -> [String] {
    var cells = [""]
    var isQuoted = false
    var isAfterQuote = false
    for character in line {
      if character == "\"" {
        if isAfterQuote { cells[cells.count - 1].append("\"") }
        isAfterQuote = isQuoted
        isQuoted.toggle()
      } else {
        isAfterQuote = false
        if character == ",", !isQuoted { cells.append("") } else { cells[cells.count - 1].append(character) }
      }
    }
    return cells
  }
}
