import Traffic

/// The text of the user's bursts, changed in place: what a change does not concern stays as it was written, comments too.
public struct BurstsText {
  /// Where a `[[burst]]` stands: the line of its heading, and the lines of its values.
  private struct Entry {
    var heading: Int
    var fields: [String: Range<Int>] = [:]
  }

  private let lines: [String]
  private let ending: String
  private let bursts: [NamedBurst]
  private var entries: [Entry] = []
  private var edits: [(lines: Range<Int>, new: [String])] = []

  /// The text after a change.
  /// - Throws: a mistake that the text has already, or that it is written in a way which cannot be changed here.
  public static func text(
    _ text: String, applying change: BurstLibrary.Change, file: String
  ) throws(SettingsError) -> String {
    var editor = try BurstsText(text, file: file)
    var wanted = BurstLibrary(own: editor.bursts)
    wanted.apply(change)
    editor.apply(change)
    let result = editor.result
    guard let got = try? BurstsFile.bursts(result, file: file), got == wanted.own else {
      throw SettingsError(
        file: file, line: 1, column: 1, message: "cannot be changed as it is written; change it by hand")
    }
    return result
  }

  private init(_ text: String, file: String) throws(SettingsError) {
    bursts = try BurstsFile.bursts(text, file: file)
    lines = text.lines.map(String.init)
    ending = text.contains("\r\n") ? "\r\n" : "\n"
    scan()
  }

  /// Finds the entries. What is no table `[[burst]]` of plain lines is passed, and `text` finds out that it matters.
  private mutating func scan() {
    var isInBurst = false
    var index = 0
    while index < lines.count {
      let line = lines[index].drop { $0 == " " || $0 == "\t" }
      let next = end(ofValueAt: index)
      if line.hasPrefix("[") {
        isInBurst = line.prefix { $0 != "#" }.filter { $0 != " " && $0 != "\t" } == "[[burst]]"
        if isInBurst { entries.append(Entry(heading: index)) }
      } else if isInBurst, !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") {
        let key = line[..<equals].filter { $0 != " " && $0 != "\t" && $0 != "\"" }
        entries[entries.count - 1].fields[key] = index..<next
      }
      index = next
    }
  }

  /// The line behind a value, which may be a text of several lines.
  private func end(ofValueAt index: Int) -> Int {
    let value = value(lines[index])
    guard let quotes = ["\"\"\"", "'''"].first(where: value.text.hasPrefix) else { return index + 1 }
    if value.text.dropFirst(3).contains(quotes) { return index + 1 }
    return (lines[(index + 1)...].firstIndex { $0.contains(quotes) } ?? index) + 1
  }

  /// What stands behind the `=` of a line, and before that.
  private func value(_ line: String) -> (before: Substring, text: Substring) {
    guard let equals = line.firstIndex(of: "="), line.first(where: { $0 != " " && $0 != "\t" }) != "#" else {
      return (line[...], "")
    }
    let text = line[line.index(after: equals)...].drop { $0 == " " || $0 == "\t" }
    return (line[..<text.startIndex], text)
  }

  // MARK: Changes

  private mutating func apply(_ change: BurstLibrary.Change) {
    switch change {
    case .remove(let name): if let place = place(of: name) { remove(place) }
    case .put(let burst, let old):
      let place = place(of: old ?? burst.name)
      for index in bursts.indices where index != place && index < entries.count {
        if bursts[index].name == burst.name {
          remove(index)
        } else if burst.key != nil, bursts[index].key == burst.key {
          remove(field: "key", of: index)
        }
      }
      if let place { replace(place, by: burst) } else { append(burst) }
    }
  }

  private func place(of name: String) -> Int? {
    bursts.firstIndex { $0.name == name }.flatMap { entries.indices.contains($0) ? $0 : nil }
  }

  /// Takes away the heading and the values; a blank line behind them goes too, a comment stays.
  private mutating func remove(_ place: Int) {
    let entry = entries[place]
    edits.append((entry.heading..<entry.heading + 1, []))
    for field in entry.fields.values { edits.append((field, [])) }
    let end = entry.fields.values.map(\.upperBound).max() ?? entry.heading + 1
    if end < lines.count - 1, lines[end].allSatisfy({ $0 == " " || $0 == "\t" }) {
      edits.append((end..<end + 1, []))
    }
  }

  private mutating func remove(field: String, of place: Int) {
    if let range = entries[place].fields[field] { edits.append((range, [])) }
  }

  private mutating func replace(_ place: Int, by burst: NamedBurst) {
    let old = bursts[place]
    if old.name != burst.name { replace("name", of: place, by: BurstsFile.value(burst.name)) }
    if old.text != burst.text { replace("send", of: place, by: BurstsFile.value(burst.text)) }
    guard old.key != burst.key else { return }
    guard let key = burst.key else { return remove(field: "key", of: place) }
    if entries[place].fields["key"] != nil {
      replace("key", of: place, by: "\"f\(key)\"")
    } else {
      let end = entries[place].fields["name"]?.upperBound ?? entries[place].heading + 1
      edits.append((end..<end, ["key = \"f\(key)\""]))
    }
  }

  private mutating func replace(_ field: String, of place: Int, by new: String) {
    guard let range = entries[place].fields[field] else { return }
    let (before, text) = value(lines[range.lowerBound])
    edits.append((range, [before + new + (range.count == 1 ? Self.tail(of: text) : "")]))
  }

  /// What follows a text in quotes: a comment.
  private static func tail(of value: Substring) -> Substring {
    guard let quote = value.first, quote == "'" || quote == "\"" else { return "" }
    var rest = value.dropFirst()
    if value.hasPrefix(String(repeating: quote, count: 3)) {
      rest = rest.dropFirst(2)
      while !rest.isEmpty, !rest.hasPrefix(String(repeating: quote, count: 3)) { rest = rest.dropFirst() }
      return rest.dropFirst(3)
    }
    while let next = rest.first, next != quote {
      rest = rest.dropFirst(next == "\\" && quote == "\"" ? 2 : 1)
    }
    return rest.dropFirst()
  }

  private mutating func append(_ burst: NamedBurst) {
    var end = lines.count
    while end > 0, lines[end - 1].allSatisfy({ $0 == " " || $0 == "\t" }) { end -= 1 }
    edits.append((end..<lines.count, (end > 0 ? [""] : []) + BurstsFile.lines(of: burst) + [""]))
  }

  private var result: String {
    var lines = lines
    // From the end on, so that the places of those before it still hold.
    for edit in edits.sorted(by: { $0.lines.lowerBound > $1.lines.lowerBound }) {
      lines.replaceSubrange(edit.lines, with: edit.new)
    }
    return lines.joined(separator: ending)
  }
}
