extension CutChoice {
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    self = try cursor.takeCutChoice()
    try cursor.endText()
  }

  static let words = ["all", "pairs", "every", "at", "random", "edges"]
}

extension AnswerEnd {
  public init(parsing text: String) throws(SyntaxError) {
    var cursor = TextCursor(text)
    cursor.skipBlanks()
    self = try cursor.takeAnswerEnd()
    try cursor.endText()
  }

  static let words = ["bytes", "message", "end", "quiet"]
}

extension TextCursor {
  /// `all`, `pairs`, `every N`, `at 17,20+25`, `random N`, `edges`.
  mutating func takeCutChoice() throws(SyntaxError) -> CutChoice {
    let start = position
    let word = text(takeWord())
    switch word {
    case "all": return .all
    case "pairs": return .pairs
    case "edges": return .edges
    case "every": return .every(try takeCount("a number of bytes"))
    case "random": return .random(try takeCount("a number of cuts"))
    case "at":
      skipBlanks()
      return .at(try takeOffsets())
    default:
      throw error(
        "expected all, pairs, every N, at K,K, random N or edges\(NearestWord.hint(word, in: CutChoice.words))",
        at: start)
    }
  }

  private mutating func takeOffsets() throws(SyntaxError) -> [[Int]] {
    var sets: [[Int]] = []
    repeat {
      var offsets: [Int] = []
      repeat {
        let start = position
        let offset = try takeSize("an offset")
        if let last = offsets.last, offset <= last {
          throw error("the cuts of one message ascend: 17+20", at: start)
        }
        offsets.append(offset)
      } while accept(UInt8(ascii: "+"))
      sets.append(offsets)
    } while accept(UInt8(ascii: ","))
    try endWord()
    return sets
  }

  private mutating func takeCount(_ what: String) throws(SyntaxError) -> Int {
    skipBlanks()
    let count = try takeSize(what)
    try endWord()
    return count
  }

  /// `bytes N`, `message`, `end`, `quiet D`.
  mutating func takeAnswerEnd() throws(SyntaxError) -> AnswerEnd {
    let start = position
    let word = text(takeWord())
    switch word {
    case "message": return .message
    case "end": return .end
    case "bytes": return .bytes(try takeCount("a number of bytes"))
    case "quiet":
      skipBlanks()
      let length = try takeDuration(in: 1...DurationText.maximum)
      try endWord()
      return .quiet(length)
    default:
      throw error(
        "expected bytes N, message, end or quiet D\(NearestWord.hint(word, in: AnswerEnd.words))", at: start)
    }
  }

  fileprivate mutating func endText() throws(SyntaxError) {
    skipBlanks()
    if byte != nil { throw error("expected nothing more") }
  }
}
