/// What changes in an answer from time to time and means nothing: `--ignore /REGEX/`.
public struct AnswerBlanks: Sendable, Equatable {
  private let expressions: [ByteRegex]

  /// - Parameter expressions: each has one group at least, around all of it; see `init(parsing:)`.
  private init(_ expressions: [ByteRegex]) { self.expressions = expressions }

  public static let none = AnswerBlanks([])

  /// Reads expressions between slashes.
  public init(parsing texts: [String]) throws(SyntaxError) {
    var expressions: [ByteRegex] = []
    for text in texts {
      var parser = RegexParser(TextCursor(text))
      let regex = try parser.takeRegex()
      if parser.cursor.byte != nil { throw parser.cursor.error("expected nothing after the expression") }
      // A group around all of it tells where a match begins, and how far a repetition can take it.
      var whole = RegexParser(TextCursor("/(\(regex.source))/"))
      expressions.append(try whole.takeRegex())
    }
    self.init(expressions)
  }

  /// The answer without what means nothing.
  public func blanked(_ answer: [UInt8]) -> [UInt8] {
    expressions.reduce(answer) { Self.blanked($0, $1) }
  }

  private static func blanked(_ answer: [UInt8], _ regex: ByteRegex) -> [UInt8] {
    var result: [UInt8] = []
    var rest = answer[...]
    while !rest.isEmpty {
      var search = GroupSearch(regex)
      guard let match = search.find(in: rest)?.first, !match.isEmpty else { break }
      result += rest[..<(rest.startIndex + match.lowerBound)]
      rest = rest[(rest.startIndex + match.upperBound)...]
    }
    return result + rest
  }
}
