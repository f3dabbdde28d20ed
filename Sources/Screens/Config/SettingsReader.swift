import Traffic

/// A TOML text, and messages that say where in it a mistake stands.
struct SettingsReader {
  let table: TOMLTable
  private let text: String
  private let file: String

  init(_ text: String, file: String) throws(SettingsError) {
    self.file = file
    // A byte order mark, which some editors write, is no column.
    self.text = text.unicodeScalars.first == "\u{feff}" ? String(text.unicodeScalars.dropFirst()) : text
    do throws(TOMLMistake) {
      table = try TOMLTable(parsing: self.text)
    } catch {
      throw Self.error(error.message, at: error.place, of: self.text, file)
    }
  }

  func error(_ message: String, at place: TOMLPlace) -> SettingsError {
    Self.error(message, at: place, of: text, file)
  }

  private static func error(_ message: String, at place: TOMLPlace, of text: String, _ file: String)
    -> SettingsError
  {
    let line = text.from(line: place.line).prefix { !$0.isNewline }
    let before = Substring(line.unicodeScalars.prefix(place.column - 1))
    return SettingsError(file: file, line: place.line, column: before.count + 1, message: message)
  }

  /// A mistake within the text that a value is.
  /// - Parameters:
  ///   - line: line of that text, from 1.
  ///   - column: character of that line, from 1.
  func error(_ message: String, in value: TOMLValue, line: Int, column: Int) -> SettingsError {
    let content = value.text ?? ""
    let start = content.from(line: line)
    let end = start.index(start.startIndex, offsetBy: column - 1, limitedBy: start.endIndex) ?? start.endIndex
    var source = QuotedSource(text.from(line: value.place.line), at: value.place)
    source.pass(content.unicodeScalars[..<end].count)
    return error(message, at: source.place)
  }
}

extension String {
  /// What begins with a line, counted from 1.
  fileprivate func from(line: Int) -> Substring {
    var rest = unicodeScalars[...]
    for _ in 1..<max(1, line) {
      guard let end = rest.firstIndex(of: "\n") else { return "" }
      rest = rest[end...].dropFirst()
    }
    return Substring(rest)
  }
}
