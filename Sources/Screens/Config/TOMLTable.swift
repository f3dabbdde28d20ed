import CToml

/// A table of a TOML text: its keys in the order of the text.
struct TOMLTable {
  struct Entry {
    let key: String
    /// Of the key.
    let place: TOMLPlace
    let value: TOMLValue
  }

  let entries: [Entry]
  /// Of its heading, or of the beginning of the text.
  let place: TOMLPlace

  subscript(key: String) -> TOMLValue? { entries.first { $0.key == key }?.value }

  /// Where a value stands, or else the table that lacks it.
  func place(of key: String) -> TOMLPlace { self[key]?.place ?? place }
}

/// The first mistake of a TOML text.
struct TOMLMistake: Error {
  let place: TOMLPlace
  let message: String
}

extension TOMLTable {
  /// Reads a whole text.
  init(parsing text: String) throws(TOMLMistake) {
    var text = text
    let reading = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { ctoml_read($0.baseAddress, $0.count) }
    }
    defer { ctoml_free(reading) }
    guard let values = reading.values else {
      throw TOMLMistake(place: TOMLPlace(reading.place), message: String(reading.message))
    }
    var rest = UnsafeBufferPointer(start: values, count: reading.count)[...]
    let root = rest.removeFirst()
    self.init(entries: Self.entries(of: root, &rest), place: TOMLPlace(root.place))
  }

  private static func entries(of table: CTomlValue, _ rest: inout Slice<UnsafeBufferPointer<CTomlValue>>)
    -> [Entry]
  {
    (0..<table.count).map { _ in
      let next = rest.removeFirst()
      return Entry(key: String(next.key), place: TOMLPlace(next.key_place), value: value(next, &rest))
    }
  }

  /// - Parameter rest: what comes behind it in the list; the values that it holds are taken from there.
  private static func value(_ value: CTomlValue, _ rest: inout Slice<UnsafeBufferPointer<CTomlValue>>)
    -> TOMLValue
  {
    let place = TOMLPlace(value.place)
    let content: TOMLValue.Content =
      switch value.kind {
      case .table: .table(TOMLTable(entries: entries(of: value, &rest), place: place))
      case .array: .array((0..<value.count).map { _ in self.value(rest.removeFirst(), &rest) })
      case .text: .text(String(value.text))
      case .integer: .integer(value.integer)
      case .boolean: .boolean(value.integer != 0)
      case .other: .other
      @unknown default: .other
      }
    return TOMLValue(content: content, place: place)
  }
}

extension TOMLPlace {
  fileprivate init(_ place: CTomlPlace) {
    self.init(line: Int(place.line), column: Int(place.column))
  }
}

extension String {
  fileprivate init(_ text: CTomlText) {
    self.init(decoding: UnsafeRawBufferPointer(start: text.bytes, count: text.count), as: UTF8.self)
  }
}
