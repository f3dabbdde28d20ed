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
  public func blanked(_ answer: [UInt8]) -> [UInt8] { kept(of: answer).bytes }

  /// The same, and before which of these bytes something was left out, ascending.
  func kept(of answer: [UInt8]) -> (bytes: [UInt8], gaps: [Int]) {
    expressions.reduce((answer, [])) { Self.blanked($0, $1) }
  }

  private static func blanked(
    _ kept: (bytes: [UInt8], gaps: [Int]), _ regex: ByteRegex
  ) -> (bytes: [UInt8], gaps: [Int]) {
    var (bytes, gaps): ([UInt8], [Int]) = ([], [])
    var earlier = kept.gaps[...]
    var rest = kept.bytes[...]
    /// Takes bytes over, or leaves them out, and notes the gaps before them.
    func pass(to end: Int, keeps: Bool) {
      while let gap = earlier.first, gap < end || gap == end && end == kept.bytes.count {
        gaps.append(keeps ? bytes.count + gap - rest.startIndex : bytes.count)
        earlier.removeFirst()
      }
      if keeps { bytes += rest[..<end] } else { gaps.append(bytes.count) }
      rest = rest[end...]
    }
    while !rest.isEmpty {
      var search = GroupSearch(regex)
      guard let match = search.find(in: rest)?.first, !match.isEmpty else { break }
      let start = rest.startIndex
      pass(to: start + match.lowerBound, keeps: true)
      pass(to: start + match.upperBound, keeps: false)
    }
    pass(to: kept.bytes.count, keeps: true)
    return (bytes, gaps)
  }
}
