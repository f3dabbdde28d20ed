import SystemPackage

extension CommandParser {
  /// What stands behind `expect NAME`.
  mutating func takeExpectation() throws(SyntaxError) -> Expectation {
    cursor.skipBlanks()
    let start = cursor.position
    switch cursor.text(cursor.takeWord()) {
    case "recv": return try takeOutcomes("recv", Expectation.receives)
    case "send": return try takeOutcomes("send", Expectation.sends)
    case "ready": return .ready(try takeReadiness())
    case "bytes": return .bytes(Int64(try takeNumber("a number of bytes", in: 0...Int.max)))
    case "data": return try takeData()
    case "messages": return .messages(try takeNumber("a number of messages", in: 0...Int.max))
    case "message": return try takeMessage()
    case "records": return try takeRecords()
    case "local": return .local(try takeAddress())
    case "peer": return .peer(try takeAddress())
    case "exit": return .exit(try takeNumber("an exit status", in: 0...255))
    case "cuts": return try takeCuts()
    default:
      throw cursor.error(
        "expected recv, send, bytes, data, messages, message, records, ready, local, peer, exit or cuts",
        at: start)
    }
  }

  /// `N where CONDITION`, or `A..B where CONDITION`
  private mutating func takeRecords() throws(SyntaxError) -> Expectation {
    .records(try takeCount(), try takeFilter())
  }

  /// `where CONDITION`
  mutating func takeFilter() throws(SyntaxError) -> Filter {
    cursor.skipBlanks()
    guard cursor.accept(word: "where") else {
      throw cursor.error("expected where and a condition, such as where waited>5ms")
    }
    cursor.skipBlanks()
    var parser = FilterParser(cursor)
    let filter = Filter(try parser.takeCondition())
    guard !filter.asksOfSockets else {
      throw cursor.error("any( ) does not fit: the records of one socket are counted")
    }
    cursor = parser.cursor
    return filter
  }

  private mutating func takeCount() throws(SyntaxError) -> ClosedRange<Int> {
    cursor.skipBlanks()
    let word = cursor.takeWord()
    let parts = cursor.text(word).split(separator: "..", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in part.utf8.allSatisfy(\.isDigit) ? Int(part) : nil }
    guard numbers.count == parts.count, let first = numbers.first, let last = numbers.last,
      numbers.count <= 2, first <= last
    else { throw cursor.error("expected a number of records, such as 3, or 1..5", at: word.lowerBound) }
    return first...last
  }

  /// `VERDICT N`
  private mutating func takeCuts() throws(SyntaxError) -> Expectation {
    .cuts(try takeVerdict(), try takeNumber("a number of cuts", in: 0...Int.max))
  }

  mutating func takeVerdict() throws(SyntaxError) -> CutVerdict {
    cursor.skipBlanks()
    let start = cursor.position
    let word = cursor.text(cursor.takeWord())
    guard let verdict = CutVerdict.allCases.first(where: { $0.word == word }) else {
      let words = CutVerdict.allCases.map(\.word)
      throw cursor.error(
        "expected a verdict: \(words.joined(separator: ", "))\(NearestWord.hint(word, in: words))", at: start)
    }
    return verdict
  }

  /// `K BURST`
  private mutating func takeMessage() throws(SyntaxError) -> Expectation {
    let number = try takeNumber("the number of a message, from 1")
    cursor.skipBlanks()
    let place = cursor.position
    let burst = try takeBurst()
    guard burst.steps.allSatisfy(\.isConstant) else { throw cursor.error(Self.notConstant, at: place) }
    return .message(number, burst)
  }

  private static let notConstant =
    "it is not the same each time: give random a seed, as in random(10, 1), and use no %{n}, %{time} or %{rand:N}"

  /// `/regex/`, or a burst, which may have `…` in it.
  private mutating func takeData() throws(SyntaxError) -> Expectation {
    cursor.skipBlanks()
    let place = cursor.position
    if cursor.byte == UInt8(ascii: "/") {
      var parser = RegexParser(cursor)
      let regex = try parser.takeRegex()
      cursor = parser.cursor
      try cursor.endWord()
      return .match(regex)
    }
    guard cursor.byte != nil else {
      throw cursor.error("expected a burst, such as \"text\" … \"\\n\", or /regex/")
    }
    var parser = BurstParser(cursor)
    let pieces = try parser.takePieces()
    cursor = parser.cursor
    guard pieces.allSatisfy({ $0.steps.allSatisfy(\.isConstant) }) else {
      throw cursor.error(Self.notConstant, at: place)
    }
    let longest = pieces.compactMap { try? BurstMeasure($0).bytes }.max() ?? 0
    guard pieces.count == 1 || longest <= PieceComparison.longestPiece else {
      throw cursor.error(PieceComparison.tooLong, at: place)
    }
    return .data(pieces)
  }

  private mutating func takeAddress() throws(SyntaxError) -> AddressText {
    cursor.skipBlanks()
    return try cursor.takeAddress()
  }

  /// `readable writable`, or `none`
  private mutating func takeReadiness() throws(SyntaxError) -> Readiness {
    var found: Readiness = []
    var isNone = false
    while true {
      cursor.skipBlanks()
      let start = cursor.position
      let word = cursor.text(cursor.takeWord())
      if word.isEmpty, isNone || !found.isEmpty { return found }
      if word == "none", found.isEmpty, !isNone {
        isNone = true
      } else if let known = Readiness.words.first(where: { $0.word == word }), !isNone {
        found.insert(known.readiness)
      } else {
        throw cursor.error("expected readable, writable, exceptional, or none alone", at: start)
      }
    }
  }

  /// `5 10|ECONNRESET …`
  private mutating func takeOutcomes(
    _ call: String, _ make: ([Expectation.Outcome], Bool) -> Expectation
  ) throws(SyntaxError) -> Expectation {
    var outcomes: [Expectation.Outcome] = []
    while true {
      cursor.skipBlanks()
      let word = cursor.takeWord()
      if word.isEmpty { break }
      let text = cursor.text(word)
      if text == "…" || text == "..." {
        cursor.skipBlanks()
        guard cursor.byte == nil else {
          throw cursor.error("expected nothing after \(text): it ends the list")
        }
        return make(outcomes, true)
      }
      outcomes.append(try outcome(word))
    }
    guard !outcomes.isEmpty else {
      throw cursor.error("expected the results of \(call) calls, such as 5 10 0 ECONNRESET …")
    }
    return make(outcomes, false)
  }

  private func outcome(_ word: Range<Int>) throws(SyntaxError) -> Expectation.Outcome {
    var alternatives: [Expectation.Result] = []
    var start = word.lowerBound
    while true {
      let end = cursor.bytes[start..<word.upperBound].firstIndex(of: UInt8(ascii: "|")) ?? word.upperBound
      alternatives.append(try result(start..<end))
      guard end < word.upperBound else { return Expectation.Outcome(alternatives) }
      start = end + 1
    }
  }

  func result(_ range: Range<Int>) throws(SyntaxError) -> Expectation.Result {
    let text = cursor.text(range)
    if let first = range.first, cursor.bytes[first].isDigit {
      guard let number = Int(text), number <= SizeText.maximum else {
        throw cursor.error("expected a number of bytes from 0 to \(SizeText.maximum)", at: first)
      }
      return .returned(number)
    }
    let name = text == "EWOULDBLOCK" ? "EAGAIN" : text
    guard Errno(name: name) != nil else {
      throw cursor.error(
        "expected a number of bytes, an errno such as ECONNRESET, or … at the end", at: range.lowerBound)
    }
    return .failed(name)
  }
}
