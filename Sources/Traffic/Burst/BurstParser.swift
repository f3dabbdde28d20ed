/// Reads a burst's text into plain data, with limits checked as it goes.
struct BurstParser {
  /// How deep groups, braces and chains of `*` may nest, so that no reader's stack is at risk.
  static let maximumDepth = 32

  var cursor: TextCursor
  /// Groups, braces and `*` around what is being read.
  var depth = 0
  /// Length of the payload that was read last.
  var payloadMeasure = PayloadMeasure(bytes: 0)
  /// The groups of the pattern that the burst answers to.
  let groups: AnswerGroups
  /// `…` ends a burst, which is to be compared.
  private var endsAtGap = false
  /// A word that ends a burst: `raw` belongs to what stands before it, `wait` stands between two.
  private var lastWord: String?

  init(_ cursor: TextCursor, answering groups: AnswerGroups = .none) {
    self.cursor = cursor
    self.groups = groups
  }

  /// Bursts with `…` between them up to the end of the text, at least one. Where `…` begins or ends the text, the first
  /// or the last is empty.
  mutating func takePieces() throws(SyntaxError) -> [Burst] {
    endsAtGap = true
    var pieces: [Burst] = []
    while true {
      cursor.skipBlanks()
      if cursor.isAtGap, !pieces.isEmpty { throw cursor.error("one … stands for any bytes already") }
      let isEmpty = cursor.isAtGap || cursor.byte == nil && !pieces.isEmpty
      pieces.append(isEmpty ? Burst() : try takeBurst())
      guard cursor.acceptGap() else { return pieces }
      guard cursor.byte?.isBlank ?? true else { throw cursor.error("expected a space after …") }
    }
  }

  /// A burst up to the end of the text, or to `raw`.
  mutating func takeReplacement() throws(SyntaxError) -> Burst {
    lastWord = "raw"
    return try takeBurst()
  }

  /// Bursts with `wait` between them up to the end of the text, at least one.
  mutating func takeDialogue() throws(SyntaxError) -> [Burst] {
    lastWord = "wait"
    var bursts: [Burst] = []
    repeat {
      cursor.skipBlanks()
      let start = cursor.position
      bursts.append(try takeBurst())
      if bursts.last?.tolerance != nil { throw cursor.error("within: nothing is planned here", at: start) }
    } while cursor.accept(word: "wait")
    return bursts
  }

  /// A burst up to the end of the text.
  mutating func takeBurst() throws(SyntaxError) -> Burst {
    let (steps, _) = try takeSteps()
    if cursor.byte == nil || endsAtGap && cursor.isAtGap || lastWord.map(cursor.isAt) == true {
      return Burst(steps: steps)
    }
    _ = cursor.accept(word: "within")
    cursor.skipBlanks()
    let tolerance = try cursor.takeDuration()
    cursor.skipBlanks()
    guard cursor.byte == nil else { throw cursor.error("expected nothing after within: it ends a burst") }
    return Burst(steps: steps, tolerance: tolerance)
  }

  /// Steps up to the end of the text or `within`, or in a group up to its `)`.
  private mutating func takeSteps() throws(SyntaxError) -> ([BurstStep], BurstMeasure) {
    var steps: [BurstStep] = []
    // A guess at the size of a step's text, which spares most of the growing; groups are many and short.
    if depth == 0 { steps.reserveCapacity(min(128, (cursor.bytes.count - cursor.position) / 8)) }
    var measure = BurstMeasure()
    var isSeparate = true
    while true {
      let previousEnd = cursor.position
      cursor.skipBlanks()
      guard let byte = cursor.byte else { break }
      if byte == UInt8(ascii: ")") {
        guard depth == 0 else { break }
        throw cursor.error("unexpected ): no group is open")
      }
      guard isSeparate || cursor.position > previousEnd else { throw notSeparate(byte) }
      if endsAtGap, depth == 0, cursor.isAtGap { break }
      isSeparate = false
      if byte == UInt8(ascii: "w"), !steps.isEmpty, depth == 0, cursor.isAt(word: "within") { break }
      if let lastWord, byte == lastWord.utf8.first, !steps.isEmpty, depth == 0, cursor.isAt(word: lastWord) {
        break
      }
      let start = cursor.position
      let (step, stepMeasure) = try takeStep(byte)
      do throws(BurstError) {
        try measure.append(stepMeasure, after: step)
      } catch {
        throw cursor.error(error.message, at: start)
      }
      steps.append(step)
    }
    guard !steps.isEmpty else {
      throw cursor.error("expected a step, such as \"text\" or 100ms")
    }
    return (steps, measure)
  }

  private func notSeparate(_ byte: UInt8) -> SyntaxError {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "/"):
      cursor.error(
        "\(Unicode.Scalar(byte)) needs a payload before it; for one payload of several write {\"a\"+\"b\"}")
    default: cursor.error("expected a space before the next step")
    }
  }

  private mutating func takeStep(_ byte: UInt8) throws(SyntaxError) -> (BurstStep, BurstMeasure) {
    if byte == UInt8(ascii: "(") { return try takeGroup() }
    if byte.isDigit, !cursor.isAtHex {
      let length = try cursor.takeDuration()
      var measure = BurstMeasure()
      measure.length = length
      return (.pause(length), measure)
    }
    if byte.isLetter, let found = try takeAction() { return found }
    return try takeSplit(of: try takePayload(), payloadMeasure)
  }

  /// What may follow a payload: `/N` and `gap D`.
  private mutating func takeSplit(
    of payload: Payload, _ measure: PayloadMeasure
  ) throws(SyntaxError) -> (BurstStep, BurstMeasure) {
    guard cursor.accept(sign: UInt8(ascii: "/")) else {
      return (.send(payload), BurstMeasure(whole: measure))
    }
    let start = cursor.position
    let size = try cursor.takeSize("a size")
    var gap: Nanoseconds?
    let afterSize = cursor.position
    cursor.skipBlanks()
    if cursor.position > afterSize, cursor.accept(word: "gap") {
      cursor.skipBlanks()
      gap = try cursor.takeDuration(in: 1...DurationText.maximum)
    } else {
      cursor.position = afterSize
    }
    do throws(BurstError) {
      return (.split(payload, size: size, gap: gap), try BurstMeasure(measure, size: size, gap: gap))
    } catch {
      throw cursor.error(error.message, at: start)
    }
  }

  /// A word that begins an action; nil leaves it for the payloads.
  private mutating func takeAction() throws(SyntaxError) -> (BurstStep, BurstMeasure)? {
    let start = cursor.position
    let word = cursor.text(cursor.takeToken())
    var measure = BurstMeasure()
    measure.actions = 1
    switch word {
    case "cork": return (.cork, measure)
    case "uncork": return (.uncork, measure)
    case "shutdown": return (.shutdown, measure)
    case "close", "reset":
      measure.endsSocket = true
      return (word == "close" ? .close : .reset, measure)
    case "at":
      cursor.skipBlanks()
      let time = try cursor.takeDuration()
      measure.actions = 0
      measure.length = time
      return (.at(time), measure)
    case "oob", "more":
      cursor.skipBlanks()
      let payload = try takePayload()
      let flag: SendFlag = word == "more" ? .more : .outOfBand
      return (.flagged(payload, flag), BurstMeasure(whole: payloadMeasure))
    case "every": throw cursor.error("every belongs behind a group: (…)*N every 10ms", at: start)
    case "within": throw cursor.error("within belongs at the end of a burst", at: start)
    case "gap": throw cursor.error("gap belongs behind a split payload: \"…\"/N gap 10ms", at: start)
    default:
      cursor.position = start
      return nil
    }
  }

  private mutating func takeGroup() throws(SyntaxError) -> (BurstStep, BurstMeasure) {
    let opening = cursor.position
    guard depth < Self.maximumDepth else {
      throw cursor.error("groups nest at most \(Self.maximumDepth) deep")
    }
    cursor.position += 1
    depth += 1
    var (steps, measure) = try takeSteps()
    depth -= 1
    guard cursor.accept(UInt8(ascii: ")")) else {
      throw cursor.error("the group is not closed: expected )")
    }
    var count = 1
    var period: Nanoseconds?
    var place = opening
    if cursor.accept(sign: UInt8(ascii: "*")) {
      place = cursor.position
      count = try cursor.takeSize("a count")
      let afterCount = cursor.position
      cursor.skipBlanks()
      if cursor.position > afterCount, cursor.accept(word: "every") {
        cursor.skipBlanks()
        place = cursor.position
        period = try cursor.takeDuration(in: 1...DurationText.maximum)
      } else {
        cursor.position = afterCount
      }
    }
    do throws(BurstError) {
      try measure.multiply(by: count, period: period)
    } catch {
      throw cursor.error(error.message, at: place)
    }
    return (.group(steps, count: count, period: period), measure)
  }
}

extension TextCursor {
  /// True before `…` or `...`.
  var isAtGap: Bool {
    var ahead = self
    return ahead.acceptGap()
  }

  fileprivate mutating func acceptGap() -> Bool {
    for gap in ["…", "..."] where bytes[position...].starts(with: gap.utf8) {
      position += gap.utf8.count
      return true
    }
    return false
  }
}
