/// Reads a condition.
struct FilterParser {
  /// How deep brackets and `not` may nest.
  private static let maximumDepth = 64
  /// Words that are no fields.
  static let keywords = ["and", "or", "not", "has", "any"]

  private(set) var cursor: TextCursor
  private var depth = 0
  private var isInAny = false

  init(_ text: String) { self.init(TextCursor(text)) }

  init(_ cursor: TextCursor) { self.cursor = cursor }

  mutating func take() throws(SyntaxError) -> FilterExpression {
    let expression = try takeCondition()
    guard cursor.byte == nil else {
      throw cursor.error(cursor.byte == UInt8(ascii: ")") ? "no ( is open" : "expected and, or, or the end")
    }
    return expression
  }

  /// Up to where it cannot go on.
  mutating func takeCondition() throws(SyntaxError) -> FilterExpression { try takeAlternatives() }

  private mutating func takeAlternatives() throws(SyntaxError) -> FilterExpression {
    var parts = [try takeConjunction()]
    while accept("or") { parts.append(try takeConjunction()) }
    return parts.count == 1 ? parts[0] : .or(parts)
  }

  private mutating func takeConjunction() throws(SyntaxError) -> FilterExpression {
    var parts = [try takeTerm()]
    while accept("and") { parts.append(try takeTerm()) }
    return parts.count == 1 ? parts[0] : .and(parts)
  }

  private mutating func takeTerm() throws(SyntaxError) -> FilterExpression {
    skipBlanks()
    guard depth < Self.maximumDepth else {
      throw cursor.error("conditions nest at most \(Self.maximumDepth) deep")
    }
    depth += 1
    defer { depth -= 1 }
    let start = cursor.position
    if cursor.accept(UInt8(ascii: "(")) { return try takeRest(from: start) }
    if accept("not") { return .not(try takeTerm()) }
    if accept("has") {
      skipBlanks()
      return .has(try takeField().name)
    }
    if accept("any") {
      if isInAny { throw cursor.error("any( ) stands in no other any( )", at: start) }
      skipBlanks()
      let open = cursor.position
      guard cursor.accept(UInt8(ascii: "(")) else { throw cursor.error("expected ( after any") }
      isInAny = true
      defer { isInAny = false }
      return .any(try takeRest(from: open))
    }
    return try takeComparison()
  }

  /// What stands behind a `(`, and the `)`.
  private mutating func takeRest(from open: Int) throws(SyntaxError) -> FilterExpression {
    let expression = try takeAlternatives()
    guard cursor.accept(UInt8(ascii: ")")) else {
      throw cursor.byte == nil
        ? cursor.error("expected ) for the ( at column \(cursor.error("", at: open).column)")
        : cursor.error("expected and, or, or )")
    }
    skipBlanks()
    return expression
  }

  private mutating func takeComparison() throws(SyntaxError) -> FilterExpression {
    let field = try takeField()
    let place = cursor.position
    let relations = FilterRelation.allCases
    guard let relation = relations.first(where: { cursor.isAt(sign: $0.rawValue) }) else {
      throw cursor.error("expected = != < <= > >= or ~ after \(field.name)")
    }
    cursor.position += relation.rawValue.utf8.count
    if relation == .equal, cursor.byte == UInt8(ascii: "=") {
      throw cursor.error("one = is enough", at: cursor.position)
    }
    skipBlanks()
    let value: FilterValue
    guard field.relations.contains(relation) else {
      let known = field.relations.map(\.rawValue).joined(separator: " ")
      throw cursor.error("\(relation.rawValue) does not fit: \(field.name) knows \(known)", at: place)
    }
    switch field.form {
    case .number: value = .number(Int64(try cursor.takeSize("a number", in: 0...Int.max)))
    case .time: value = .time(try cursor.takeDuration())
    case .text, .bytes: value = try takeText(field, relation)
    }
    skipBlanks()
    return .comparison(field.name, relation, value)
  }

  private mutating func takeField() throws(SyntaxError) -> FilterField {
    let start = cursor.position
    let word = cursor.text(cursor.takeToken())
    guard !word.isEmpty, !Self.keywords.contains(word) else {
      throw cursor.error("expected a field, such as waited", at: start)
    }
    guard let field = FilterField.named(word) else {
      let words = FilterField.all.map(\.name) + Self.keywords
      throw cursor.error("there is no field \(word)\(NearestWord.hint(word, in: words))", at: start)
    }
    skipBlanks()
    return field
  }

  private mutating func takeText(
    _ field: FilterField, _ relation: FilterRelation
  ) throws(SyntaxError) -> FilterValue {
    let start = cursor.position
    var bytes: [UInt8]?
    switch cursor.byte {
    case UInt8(ascii: "\""): bytes = try cursor.takeQuoted()
    case UInt8(ascii: "'"): bytes = try cursor.takeRaw().bytes
    case UInt8(ascii: "<"): bytes = try cursor.takeBracketedHex().bytes
    case UInt8(ascii: "0") where cursor.isAtHex: bytes = try cursor.takeHex().bytes
    case UInt8(ascii: "/"):
      guard relation == .contains else { throw cursor.error("a /regex/ is looked for with ~, not with =") }
      var parser = RegexParser(cursor)
      let regex = try parser.takeRegex()
      cursor = parser.cursor
      return .regex(regex)
    default: break
    }
    if let bytes {
      if relation == .contains, bytes.isEmpty {
        throw cursor.error("an empty text is everywhere: expected a byte", at: start)
      }
      return field.isList
        ? try list(String(decoding: bytes, as: UTF8.self), field, relation, at: start) : .bytes(bytes)
    }
    while let byte = cursor.byte, byte.isFilterWordByte { cursor.position += 1 }
    let word = cursor.text(start..<cursor.position)
    guard !word.isEmpty else { throw cursor.error("expected a word, \"text\", 0x0d0a, or /regex/ behind ~") }
    if word.contains("*") || word.contains("?") { return .word(word) }
    if field.isList { return try list(word, field, relation, at: start) }
    if relation != .contains, !field.words.isEmpty, !field.words.contains(word) {
      throw unknown(word, field, at: start)
    }
    return .word(word)
  }

  /// Words as a list has them: in its order, with commas between.
  private func list(
    _ text: String, _ field: FilterField, _ relation: FilterRelation, at start: Int
  ) throws(SyntaxError) -> FilterValue {
    let words = text.split { $0 == "," || $0 == " " }.map(String.init)
    for word in words {
      // Part of a word is in it, too.
      let isKnown =
        relation == .contains
        ? field.words.contains { TextMatch(.word(word), .contains).holds($0) } : field.words.contains(word)
      if !isKnown { throw unknown(word, field, at: start) }
    }
    let sorted = field.words.filter(words.contains)
    return FilterValue((sorted.count == words.count ? sorted : words).joined(separator: ","))
  }

  private func unknown(_ word: String, _ field: FilterField, at start: Int) -> SyntaxError {
    let hint = NearestWord.hint(word, in: field.words)
    let known = hint.isEmpty && field.words.count < 20 ? ": \(field.words.joined(separator: " "))" : hint
    return cursor.error("\(field.name) is never \(word)\(known)", at: start)
  }

  /// Passes a keyword and the blanks before it, if it is next.
  private mutating func accept(_ keyword: String) -> Bool {
    skipBlanks()
    return cursor.accept(word: keyword)
  }

  /// There are no comments in a condition.
  private mutating func skipBlanks() {
    while let byte = cursor.byte, byte.isBlank { cursor.position += 1 }
  }
}

extension TextCursor {
  fileprivate func isAt(sign: String) -> Bool {
    sign.utf8.enumerated().allSatisfy { byte(after: $0.offset) == $0.element }
  }
}
