import TOMLKit
import Traffic

/// A TOML text with its keys' places, for messages that say where.
struct SettingsReader {
  let table: TOMLTable
  private let places: TOMLPlaces
  private let lines: [Substring]
  private let file: String

  init(_ text: String, file: String) throws(SettingsError) {
    self.file = file
    places = TOMLPlaces(text)
    lines = text.lines
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      throw SettingsError(
        file: file, line: error.source.begin.line, column: error.source.begin.column,
        message: error.description)
    } catch {
      throw SettingsError(file: file, line: 1, column: 1, message: "\(error)")
    }
  }

  /// A mistake at a key, at its value, or so many characters into its value.
  func error(_ message: String, _ table: String, _ key: String, inValue: Bool = false, offset: Int = 0)
    -> SettingsError
  {
    let place = places.place(table: table, key: key)
    let column = inValue ? place.value + offset : place.key
    return SettingsError(file: file, line: place.line, column: column, message: message)
  }

  /// A mistake within a text that is the value of a key.
  func error(_ mistake: SyntaxError, _ table: String, _ key: String, text: String) -> SettingsError {
    let place = places.place(table: table, key: key)
    var error = SettingsError(file: file, line: place.line, column: place.value, message: mistake.message)
    guard lines.indices.contains(place.line - 1) else { return error }
    let value = lines[place.line - 1].dropFirst(place.value - 1)
    if value.hasPrefix("\"\"\"") || value.hasPrefix("'''") {
      // A line end right behind the quotes is none of the text.
      let isBelow = value.count == 3
      error.line += mistake.line - 1 + (isBelow ? 1 : 0)
      error.column = mistake.column + (isBelow || mistake.line > 1 ? 0 : place.value + 2)
      return error
    }
    let before = text.lines.prefix(mistake.line - 1).reduce(0) { $0 + $1.count + 1 } + mistake.column - 1
    error.column += 1 + (value.first == "\"" ? Self.width(of: before, in: value.dropFirst()) : before)
    return error
  }

  /// Characters that so many of a text take in its source, where some are written as escapes.
  private static func width(of count: Int, in source: Substring) -> Int {
    var rest = source
    for _ in 0..<count {
      guard rest.first == "\\" else {
        rest = rest.dropFirst()
        continue
      }
      let letter = rest.dropFirst().first
      rest = rest.dropFirst(letter == "u" ? 6 : letter == "U" ? 10 : 2)
    }
    return source.count - rest.count
  }

  /// A mistake at a word of a list, which may have lines of its own.
  func error(_ message: String, _ table: String, _ key: String, at word: String?) -> SettingsError {
    let place = places.place(table: table, key: key)
    var error = SettingsError(file: file, line: place.line, column: place.value, message: message)
    guard let word else { return error }
    for index in place.line - 1..<lines.count {
      let line = lines[index]
      let start = index == place.line - 1 ? line.dropFirst(place.value - 1) : line
      guard let column = start.column(of: "\"\(word)\"") else { continue }
      error.line = index + 1
      error.column = line.count - start.count + column
      return error
    }
    return error
  }
}

extension Substring {
  /// Column, from 1, of the first place that holds a text.
  fileprivate func column(of text: String) -> Int? {
    var rest = self
    while !rest.isEmpty {
      if rest.hasPrefix(text) { return count - rest.count + 1 }
      rest = rest.dropFirst()
    }
    return nil
  }
}
