/// What a burst of the library is called, and the function key that sends it: `F2 hello`.
public struct BurstLabel: Sendable, Hashable {
  /// The function keys that can send a burst.
  public static let keys = 1...12
  /// The most characters that a name may have.
  public static let longestName = 40

  public var name: String
  /// Number of the function key; nil for none.
  public var key: Int?

  /// - Parameter name: one without `mistake(inName:)`.
  public init(name: String, key: Int?) {
    self.name = name
    self.key = key
  }

  /// Reads `F2 hello` or `hello`; all behind the key is the name. It may stand in quotes, as in a lab.
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text)
    cursor.skipSpaces()
    key = try cursor.takeFunctionKey()
    cursor.skipSpaces()
    let start = cursor.position
    if cursor.byte == UInt8(ascii: "\"") {
      name = try cursor.takeQuotedName()
      cursor.skipSpaces()
      guard cursor.byte == nil else { throw cursor.error("expected nothing behind the name") }
    } else {
      var end = cursor.bytes.count
      while end > start, cursor.bytes[end - 1] == 0x20 { end -= 1 }
      name = cursor.text(start..<end)
    }
    if let mistake = Self.mistake(inName: name) { throw cursor.error(mistake, at: start) }
  }

  /// The text that reads as the same label.
  public var text: String {
    (key.map { "F\($0) " } ?? "") + (name.first == "\"" ? EscapedText.quoted(Array(name.utf8)) : name)
  }

  /// What keeps a text from being a name; nil if nothing does.
  public static func mistake(inName name: String) -> String? {
    if name.isEmpty { return "expected a name, such as hello or F2 hello" }
    if name.count > longestName { return "a name has at most \(longestName) characters" }
    if SafeText.string(name) != name { return "a name has only characters that can be seen" }
    if name.first == " " || name.last == " " { return "a name has no blank at its ends" }
    if number(ofKey: name) != nil { return "\(name) is a key: expected a name" }
    return nil
  }

  /// The number of a function key: 2 for `F2` and `f2`; nil if the text names none. It may be one that is not in `keys`.
  public static func number(ofKey text: some StringProtocol) -> Int? {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first.map({ $0 | 0x20 }) == UInt8(ascii: "f"), (1...3).contains(digits.count),
      digits.allSatisfy(\.isDigit)
    else { return nil }
    return Int(text.dropFirst())
  }
}

extension TextCursor {
  /// Passes spaces, and no comment.
  mutating func skipSpaces() { while byte == 0x20 { position += 1 } }

  /// A burst's name in quotes.
  mutating func takeQuotedName() throws(SyntaxError) -> String {
    let start = position
    guard let name = String(validating: try takeQuoted(), as: UTF8.self) else {
      throw error("a name is UTF-8", at: start)
    }
    return name
  }

  /// F1 to F12, if a function key stands here.
  mutating func takeFunctionKey() throws(SyntaxError) -> Int? {
    let start = position
    guard let number = BurstLabel.number(ofKey: text(takeWord())) else {
      position = start
      return nil
    }
    guard BurstLabel.keys.contains(number) else { throw error("expected a key from F1 to F12", at: start) }
    return number
  }
}
