/// A place in a text of commands, read as UTF-8 bytes, and the errors that point there.
struct TextCursor {
  let bytes: [UInt8]
  var position = 0
  /// Where the comment begins, once it has been passed.
  private(set) var commentStart: Int?
  private let firstLine: Int

  init(_ text: String, line: Int = 1) { self.init(Array(text.utf8), line: line) }

  /// - Parameter bytes: UTF-8 without mistakes.
  init(_ bytes: [UInt8], line: Int) {
    self.bytes = bytes
    firstLine = line
  }

  var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// True if the text is used up, but for blanks and a comment.
  var isAtEnd: Bool {
    var ahead = self
    ahead.skipBlanks()
    return ahead.position == ahead.bytes.count
  }

  func byte(after distance: Int) -> UInt8? {
    position + distance < bytes.count ? bytes[position + distance] : nil
  }

  /// Passes spaces, tabs, line ends, and comments that stand after one of these or begin the text.
  mutating func skipBlanks() {
    while position < bytes.count {
      if bytes[position].isBlank {
        position += 1
      } else if bytes[position] == UInt8(ascii: "#"), position == 0 || bytes[position - 1].isBlank {
        commentStart = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      } else {
        return
      }
    }
  }

  mutating func accept(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    position += 1
    return true
  }

  /// Passes a sign and the blanks around it if it comes next on this line.
  @inline(__always)
  mutating func accept(sign: UInt8) -> Bool {
    var ahead = position
    while ahead < bytes.count, bytes[ahead] == 0x20 || bytes[ahead] == 0x09 { ahead += 1 }
    guard ahead < bytes.count, bytes[ahead] == sign else { return false }
    position = ahead + 1
    skipBlanks()
    return true
  }

  /// Passes a word if it stands here, as a whole.
  mutating func accept(word: String) -> Bool {
    let start = position
    if text(takeToken()) == word { return true }
    position = start
    return false
  }

  func isAt(word: String) -> Bool {
    var ahead = self
    return ahead.accept(word: word)
  }

  /// Letters, digits, `.`, `_` and all beyond ASCII: a number with its unit, or a keyword.
  mutating func takeToken() -> Range<Int> {
    let start = position
    while position < bytes.count, bytes[position].isTokenByte { position += 1 }
    return start..<position
  }

  /// Everything up to the next blank.
  mutating func takeWord() -> Range<Int> {
    let start = position
    while position < bytes.count, !bytes[position].isBlank { position += 1 }
    return start..<position
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  /// An error that points at a byte, by default at the current one.
  func error(_ message: String, at place: Int? = nil) -> SyntaxError {
    let place = place ?? position
    var start = place
    while start > 0, bytes[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    var end = place
    while end < bytes.count, bytes[end] != UInt8(ascii: "\n") { end += 1 }
    let line = bytes[..<start].reduce(firstLine) { $1 == UInt8(ascii: "\n") ? $0 + 1 : $0 }
    return SyntaxError(
      source: text(start..<end), line: line, column: text(start..<place).count + 1, message: message)
  }
}

extension UInt8 {
  /// True for space, tab and the line ends.
  var isBlank: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0d) }

  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  var isLetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }

  var isTokenByte: Bool {
    isDigit || isLetter || self >= 0x80 || self == UInt8(ascii: ".") || self == UInt8(ascii: "_")
  }

  /// True for what may stand in a session's name.
  var isNameByte: Bool {
    isDigit || isLetter || self == UInt8(ascii: ".") || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }

  /// The value of a hex digit; nil for any other byte.
  var hexDigit: UInt8? {
    if isDigit { return self - UInt8(ascii: "0") }
    let lower = self | 0x20
    guard lower >= UInt8(ascii: "a"), lower <= UInt8(ascii: "f") else { return nil }
    return lower - UInt8(ascii: "a") + 10
  }
}
