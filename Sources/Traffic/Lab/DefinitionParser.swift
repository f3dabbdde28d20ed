/// `define [F1…F12] NAME BURST`
extension CommandParser {
  mutating func takeDefinition() throws(SyntaxError) -> Command {
    cursor.skipBlanks()
    let key = try cursor.takeFunctionKey()
    let name = try takeBurstName()
    cursor.skipBlanks()
    let start = cursor.position
    let burst = try takeBurst()
    // Where there are several lines, a comment need not be at the end.
    let isLine = !cursor.bytes[start..<cursor.position].contains(UInt8(ascii: "\n"))
    let text = isLine ? cursor.text(start..<(cursor.commentStart ?? cursor.position)).trimmed : burst.text
    return .define(NamedBurst(BurstLabel(name: name, key: key), text: text, burst: burst))
  }

  /// A word, or a text in quotes.
  private mutating func takeBurstName() throws(SyntaxError) -> String {
    cursor.skipBlanks()
    let start = cursor.position
    let name: String
    if cursor.byte == UInt8(ascii: "\"") {
      name = try cursor.takeQuotedName()
    } else {
      while let byte = cursor.byte, byte.isNameByte || byte >= 0x80 { cursor.position += 1 }
      name = cursor.text(start..<cursor.position)
      if name.isEmpty {
        throw cursor.error("expected a name, such as hello or \"GET /\", and a burst", at: start)
      }
    }
    try cursor.endWord()
    if let mistake = BurstLabel.mistake(inName: name) { throw cursor.error(mistake, at: start) }
    return name
  }
}

extension Lab {
  /// The bursts that its lines define.
  public var definitions: [NamedBurst] {
    lines.compactMap { if case .define(let burst) = $0.command { burst } else { nil } }
  }

  /// Refuses a burst whose name or key an earlier line has.
  func check(_ burst: NamedBurst, _ line: TextCursor) throws(SyntaxError) {
    var cursor = line
    cursor.position = 0
    cursor.skipBlanks()
    _ = cursor.takeWord()
    cursor.skipBlanks()
    for earlier in lines {
      guard case .define(let other) = earlier.command else { continue }
      if let key = burst.key, key == other.key {
        throw cursor.error("F\(key) sends \(other.name) already: line \(earlier.number)")
      }
      if burst.name == other.name {
        if burst.key != nil {
          _ = cursor.takeWord()
          cursor.skipBlanks()
        }
        throw cursor.error("\(burst.name) is defined already: line \(earlier.number)")
      }
    }
  }
}

extension String {
  /// Without the blanks at its ends.
  fileprivate var trimmed: String {
    var bytes = Array(utf8.drop(while: \.isBlank))
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
