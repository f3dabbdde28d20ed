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

  /// Reads a whole file. Empty lines and comments are left out.
  /// - Throws: all its mistakes.
  public init(parsing text: String) throws(LabMistakes) { try self.init(parsing: Array(text.utf8)) }

  /// The same of a file's bytes. What is no UTF-8 is a mistake: it would be sent as something else.
  public init(parsing bytes: [UInt8]) throws(LabMistakes) {
    self.init()
    var mistakes = LabMistakes()
    append(parsing: bytes, &mistakes)
    checkEnd(&mistakes)
    guard mistakes.isEmpty else { throw mistakes }
  }

  /// Adds the lines of a text, and its mistakes to others.
  /// - Parameter firstLine: the number that its first line has.
  public mutating func append(parsing bytes: [UInt8], firstLine: Int = 1, _ mistakes: inout LabMistakes) {
    var bytes = bytes[...]
    // A byte order mark, which some editors write.
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    var number = firstLine
    while !bytes.isEmpty {
      let end = bytes.firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
      let row = bytes[..<end]
      bytes = bytes[end...].dropFirst()
      do throws(SyntaxError) {
        let content = Array(row.last == UInt8(ascii: "\r") ? row.dropLast() : row)
        // A line that cannot be read may be the question that another one is about.
        if let line = try line(content, number, checksPlace: mistakes.isEmpty) { lines.append(line) }
      } catch {
        mistakes.append(error)
      }
      number += 1
    }
  }

  /// One line; nil if there is no command in it.
  private func line(
    _ content: [UInt8], _ number: Int, checksPlace: Bool
  ) throws(SyntaxError) -> Line? {
    do { _ = try UTF8Span(validating: content.span) } catch {
      throw SyntaxError(notUTF8: content, at: error.byteOffsets.lowerBound, line: number)
    }
    var parser = CommandParser(TextCursor(content, line: number))
    if parser.cursor.isAtEnd { return nil }
    let command = try parser.takeCommand()
    if case .define(let burst) = command { try check(burst, parser.cursor) }
    if checksPlace { try checkPlace(of: command, parser.cursor) }
    return Line(number: number, text: parser.cursor.content, command: command)
  }
}

extension SyntaxError {
  /// The mistake of a line that is no UTF-8 from `offset` on.
  fileprivate init(notUTF8 bytes: [UInt8], at offset: Int, line: Int) {
    let valid = String(decoding: bytes[..<offset], as: UTF8.self)
    self.init(
      source: String(decoding: bytes, as: UTF8.self), line: line, column: valid.count + 1,
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
