/// Where keys stand in a TOML text, for messages: the parser does not tell once it has parsed.
struct TOMLPlaces {
  struct Place: Hashable {
    var line: Int
    /// Columns, from 1, of the key and of the value behind its `=`.
    var key: Int
    var value: Int
  }

  private var places: [String: Place] = [:]
  /// Tables, by the line of their heading.
  private var headings: [String: Place] = [:]

  init(_ text: String) {
    var table = ""
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
      let content = line.dropFirst(blanks)
      if content.hasPrefix("["), let end = content.firstIndex(of: "]") {
        table = String(content[content.index(after: content.startIndex)..<end]).filter { $0 != " " }
        headings[table] = Place(line: index + 1, key: blanks + 2, value: blanks + 2)
      } else if let equals = content.firstIndex(of: "="), !content.hasPrefix("#") {
        let key = content[..<equals].filter { $0 != " " && $0 != "\"" && $0 != "\t" }
        let before = line.distance(from: line.startIndex, to: equals) + 1
        let gap = line.dropFirst(before).prefix { $0 == " " || $0 == "\t" }.count
        places["\(table)\u{0}\(key)"] = Place(line: index + 1, key: blanks + 1, value: before + gap + 1)
      }
    }
  }

  /// The place of a key, of its table, or of the beginning of the text.
  func place(table: String, key: String) -> Place {
    places["\(table)\u{0}\(key)"] ?? headings[table.isEmpty ? key : table] ?? Place(line: 1, key: 1, value: 1)
  }
}
