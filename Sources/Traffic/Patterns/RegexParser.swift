/// Reads a regular expression between slashes into a program.
struct RegexParser {
  /// The longest program, so that a byte never costs much.
  static let maximumLength = 2000

  var cursor: TextCursor
  private var depth = 0
  /// Groups that were opened so far.
  private var groups = 0
  /// The program keeps where its groups lie.
  private var keepsGroups = false

  init(_ cursor: TextCursor) { self.cursor = cursor }

  mutating func takeRegex() throws(SyntaxError) -> ByteRegex {
    let start = cursor.position
    var again = self
    cursor.position += 1
    let program = try takeAlternatives()
    guard cursor.byte != UInt8(ascii: ")") else { throw cursor.error("unexpected ): no group is open") }
    let end = cursor.position
    guard cursor.accept(UInt8(ascii: "/")) else {
      throw cursor.error("the pattern is not closed: expected /")
    }
    guard !Self.matchesNothing(program) else {
      throw cursor.error("the pattern fits no bytes at all: it must need at least one", at: start)
    }
    again.keepsGroups = true
    again.cursor.position += 1
    let grouping = groups == 0 ? [] : try again.takeAlternatives() + [.match]
    return ByteRegex(
      source: cursor.text(start + 1..<end), program: program + [.match], groups: groups, grouping: grouping)
  }

  private mutating func takeAlternatives() throws(SyntaxError) -> [ByteRegex.Instruction] {
    var program = try takeSequence()
    while cursor.accept(UInt8(ascii: "|")) {
      let other = try takeSequence()
      program =
        [.fork(1, program.count + 2)] + Self.moved(program, by: 1) + [.jump(program.count + other.count + 2)]
        + Self.moved(other, by: program.count + 2)
      try checkLength(program)
    }
    return program
  }

  private mutating func takeSequence() throws(SyntaxError) -> [ByteRegex.Instruction] {
    var program: [ByteRegex.Instruction] = []
    while let byte = cursor.byte, !"/|)\n".utf8.contains(byte) {
      program += Self.moved(try takeRepeated(), by: program.count)
      try checkLength(program)
    }
    return program
  }

  private mutating func takeRepeated() throws(SyntaxError) -> [ByteRegex.Instruction] {
    var program = try takeAtom()
    // One sign only: two would multiply, and nobody means that.
    let start = cursor.position
    switch cursor.byte {
    case UInt8(ascii: "*"):
      cursor.position += 1
      program = Self.star(program)
    case UInt8(ascii: "+"):
      cursor.position += 1
      program += Self.moved(Self.star(program), by: program.count)
    case UInt8(ascii: "?"):
      cursor.position += 1
      program = Self.optional(program)
    case UInt8(ascii: "{"): program = try takeCounted(program)
    default: return program
    }
    if let byte = cursor.byte, "*+?{".utf8.contains(byte) {
      throw cursor.error(
        "one repetition is enough: put a group around \(cursor.text(start..<cursor.position))")
    }
    try checkLength(program)
    return program
  }

  /// `{3}`, `{3,}` or `{3,5}`
  private mutating func takeCounted(
    _ program: [ByteRegex.Instruction]
  ) throws(SyntaxError) -> [ByteRegex.Instruction] {
    cursor.position += 1
    let least = try cursor.takeSize("a number of times", in: 0...Self.maximumLength)
    var most: Int? = least
    if cursor.accept(UInt8(ascii: ",")) {
      most =
        cursor.byte == UInt8(ascii: "}")
        ? nil : try cursor.takeSize("a number of times", in: max(1, least)...Self.maximumLength)
    }
    guard cursor.accept(UInt8(ascii: "}")) else { throw cursor.error("expected } after the number of times") }
    guard program.count * (max(least, most ?? 0) + 1) <= longest else { throw tooLong() }
    var result: [ByteRegex.Instruction] = []
    for _ in 0..<least { result += Self.moved(program, by: result.count) }
    guard let most else { return result + Self.moved(Self.star(program), by: result.count) }
    for _ in least..<most { result += Self.moved(Self.optional(program), by: result.count) }
    return result
  }

  private mutating func takeAtom() throws(SyntaxError) -> [ByteRegex.Instruction] {
    guard let byte = cursor.byte else { throw cursor.error("the pattern is not closed: expected /") }
    switch byte {
    case UInt8(ascii: "("): return try takeGroup()
    case UInt8(ascii: "["): return [.byte(try takeClass())]
    case UInt8(ascii: "\\"): return [.byte(try takeEscape())]
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"), UInt8(ascii: "{"):
      throw cursor.error(
        "expected something to repeat before \(Unicode.Scalar(byte)), or \\\(Unicode.Scalar(byte))")
    case UInt8(ascii: "^"), UInt8(ascii: "$"):
      throw cursor.error(
        "\(Unicode.Scalar(byte)) has no meaning in a stream: for the sign write \\\(Unicode.Scalar(byte))")
    case UInt8(ascii: "."):
      cursor.position += 1
      return [.byte(ByteSet.lineEnd.inverted)]
    default:
      var program: [ByteRegex.Instruction] = []
      // All bytes of a character beyond ASCII, so that a repetition takes it as a whole.
      repeat {
        let next = cursor.bytes[cursor.position]
        program.append(.byte(ByteSet(next...next)))
        cursor.position += 1
      } while cursor.byte.map { $0 & 0xc0 == 0x80 } ?? false
      return program
    }
  }

  private mutating func takeGroup() throws(SyntaxError) -> [ByteRegex.Instruction] {
    guard depth < BurstParser.maximumDepth else {
      throw cursor.error("groups nest at most \(BurstParser.maximumDepth) deep")
    }
    cursor.position += 1
    var number: Int?
    if cursor.byte == UInt8(ascii: "?") {
      cursor.position += 1
      guard cursor.accept(UInt8(ascii: ":")) else { throw cursor.error("expected : after (?") }
    } else {
      groups += 1
      number = groups
    }
    depth += 1
    let program = try takeAlternatives()
    depth -= 1
    guard cursor.accept(UInt8(ascii: ")")) else { throw cursor.error("the group is not closed: expected )") }
    guard keepsGroups, let number, AnswerGroups.numbers.contains(number) else { return program }
    return [.save(2 * (number - 1))] + Self.moved(program, by: 1) + [.save(2 * number - 1)]
  }

  /// `[a-z_]`, `[^\r\n]`
  private mutating func takeClass() throws(SyntaxError) -> ByteSet {
    cursor.position += 1
    let isInverted = cursor.accept(UInt8(ascii: "^"))
    var set = ByteSet()
    var isEmpty = true
    while let byte = cursor.byte, byte != UInt8(ascii: "]"), byte != UInt8(ascii: "\n") {
      let start = cursor.position
      let first = try takeClassMember()
      isEmpty = false
      guard cursor.byte == UInt8(ascii: "-"), cursor.byte(after: 1) != UInt8(ascii: "]") else {
        set = set.union(first)
        continue
      }
      cursor.position += 1
      guard cursor.byte != nil else { break }
      let last = try takeClassMember()
      guard let low = first.only, let high = last.only, low <= high else {
        throw cursor.error("expected a range from a lower to a higher byte, such as a-z", at: start)
      }
      set = set.union(ByteSet(low...high))
    }
    guard cursor.accept(UInt8(ascii: "]")) else { throw cursor.error("the class is not closed: expected ]") }
    guard !isEmpty else { throw cursor.error("expected bytes in the class", at: cursor.position - 1) }
    return isInverted ? set.inverted : set
  }

  private mutating func takeClassMember() throws(SyntaxError) -> ByteSet {
    guard let byte = cursor.byte, byte < 0x80 else {
      throw cursor.error("a class holds single bytes: write \\xHH, or (é|ü)")
    }
    if byte == UInt8(ascii: "\\") { return try takeEscape() }
    cursor.position += 1
    return ByteSet(byte...byte)
  }

  private mutating func takeEscape() throws(SyntaxError) -> ByteSet {
    guard let letter = cursor.byte(after: 1) else {
      throw cursor.error("expected an escape after \\", at: cursor.position + 1)
    }
    var named: ByteSet?
    switch letter {
    case UInt8(ascii: "d"): named = ByteSet.digits
    case UInt8(ascii: "D"): named = ByteSet.digits.inverted
    case UInt8(ascii: "s"): named = ByteSet.blanks
    case UInt8(ascii: "S"): named = ByteSet.blanks.inverted
    case UInt8(ascii: "w"): named = ByteSet.words
    case UInt8(ascii: "W"): named = ByteSet.words.inverted
    case let sign where sign < 0x80 && sign > 0x20 && !sign.isDigit && !sign.isLetter:
      named = ByteSet(sign...sign)
    default: break
    }
    if let named {
      cursor.position += 2
      return named
    }
    let start = cursor.position
    var bytes: [UInt8] = []
    try cursor.takeEscape(into: &bytes)
    guard bytes.count == 1, letter != UInt8(ascii: "b") else {
      throw cursor.error("unknown escape: expected one byte, such as \\n, \\x0d, \\d or \\.", at: start)
    }
    return ByteSet(bytes[0]...bytes[0])
  }

  private func checkLength(_ program: [ByteRegex.Instruction]) throws(SyntaxError) {
    guard program.count <= longest else { throw tooLong() }
  }

  /// Where groups lie takes two steps more for each, and what is short enough without must not fail for it.
  private var longest: Int { keepsGroups ? 3 * Self.maximumLength : Self.maximumLength }

  private func tooLong() -> SyntaxError {
    cursor.error("the pattern is too long: at most \(Self.maximumLength) steps")
  }
}
