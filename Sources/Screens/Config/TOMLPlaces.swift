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
    var counts: [String: Int] = [:]
    for (index, line) in text.lines.enumerated() {
      let blanks = line.prefix { $0 == " " || $0 == "\t" }.count
      let content = line.dropFirst(blanks)
      if content.hasPrefix("[["), let end = content.firstIndex(of: "]") {
        // The tables of an array are told apart by their place: `burst.0`.
        let name = content[..<end].filter { $0 != " " && $0 != "[" }
        table = "\(name).\(counts[name, default: 0])"
        counts[name, default: 0] += 1
        headings[table] = Place(line: index + 1, key: blanks + 1, value: blanks + 1)
      } else if content.hasPrefix("["), let end = content.firstIndex(of: "]") {
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

extension String {
  /// Its lines, whatever ends them; what follows the last line end is one too.
  var lines: [Substring] {
    split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }
}
