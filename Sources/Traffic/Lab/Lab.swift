/// A scenario: the commands of a file, or of `-e` lines, in order.
public struct Lab: Sendable, Equatable {
  public struct Line: Sendable, Equatable {
    /// Line number in its source, from 1.
    public var number: Int
    /// The line as it was written, without its comment.
    public var text: String
    public var command: Command

    public init(number: Int, text: String, command: Command) {
      self.number = number
      self.text = text
      self.command = command
    }
  }

  public var lines: [Line]

  public init(lines: [Line] = []) { self.lines = lines }

  /// Reads a whole file; its first mistake ends that. Empty lines and comments are left out.
  public init(parsing text: String) throws(SyntaxError) { try self.init(parsing: Array(text.utf8)) }

  /// The same of a file's bytes. What is no UTF-8 is a mistake: it would be sent as something else.
  public init(parsing bytes: [UInt8]) throws(SyntaxError) {
    lines = []
    var bytes = bytes[...]
    // A byte order mark, which some editors write.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    let rows = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, row) in rows.enumerated() {
      let line = row.last == UInt8(ascii: "\r") ? row.dropLast() : row
      guard let text = String(validating: line, as: UTF8.self) else {
        throw SyntaxError(notUTF8: line, line: index + 1)
      }
      var parser = CommandParser(TextCursor(text, line: index + 1))
      if parser.cursor.isAtEnd { continue }
      let command = try parser.takeCommand()
      if case .define(let burst) = command { try check(burst, parser.cursor) }
      lines.append(Line(number: index + 1, text: parser.cursor.content, command: command))
    }
  }
}

extension SyntaxError {
  /// The mistake of a line that is no UTF-8.
  fileprivate init(notUTF8 bytes: some Collection<UInt8>, line: Int) {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var valid = String.UnicodeScalarView()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) { valid.append(scalar) }
    self.init(
      source: String(decoding: bytes, as: UTF8.self), line: line, column: String(valid).count + 1,
      message: "no UTF-8; a byte is written as \"\\xff\" or 0xff")
  }
}

extension TextCursor {
  /// The text without the blanks around it and the comment at its end.
  var content: String {
    var rest = self
    rest.skipBlanks()
    var bytes = bytes[..<(rest.commentStart ?? bytes.count)].drop(while: \.isBlank)
    while let last = bytes.last, last.isBlank { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
