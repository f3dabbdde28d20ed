import SystemPackage

/// What makes a lab a lesson: prose, questions, and what the calls say to them.
extension CommandParser {
  /// A text in quotes for people.
  mutating func takeProse(_ what: String) throws(SyntaxError) -> String {
    cursor.skipBlanks()
    let start = cursor.position
    guard cursor.byte == UInt8(ascii: "\"") else { throw cursor.error("expected \(what) in double quotes") }
    let bytes = try cursor.takeQuoted()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw cursor.error("what people read is UTF-8", at: start)
    }
    guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) else {
      throw cursor.error(
        "what people read has no control characters; a paragraph is a say of its own", at: start)
    }
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw cursor.error("expected \(what)", at: start)
    }
    return text
  }

  /// `"QUESTION" CHOICE | CHOICE …`
  mutating func takeQuestion() throws(SyntaxError) -> Question {
    let text = try takeProse("a question")
    var choices: [Choice] = []
    repeat {
      cursor.skipBlanks()
      let start = cursor.position
      let choice = try takeChoice()
      if let place = choices.firstIndex(where: { $0.outcome.overlaps(choice.outcome) }) {
        throw cursor.error(
          "two right answers: where this is right, choice \(place + 1) (\(choices[place].text)) is right too",
          at: start)
      }
      guard choices.count < Question.mostChoices else {
        throw cursor.error(
          "a question has at most \(Question.mostChoices) choices: a digit for each", at: start)
      }
      choices.append(choice)
      cursor.skipBlanks()
    } while cursor.accept(UInt8(ascii: "|"))
    guard choices.count > 1 else { throw cursor.error("expected | and another choice") }
    return Question(text, choices)
  }

  /// What the calls have to give, and perhaps how the choice is called, in quotes.
  private mutating func takeChoice() throws(SyntaxError) -> Choice {
    let start = cursor.position
    var words: [Range<Int>] = []
    var label: String?
    while true {
      cursor.skipBlanks()
      guard let byte = cursor.byte, byte != UInt8(ascii: "|") else { break }
      if byte == UInt8(ascii: "\"") {
        label = try takeProse("a choice")
        break
      }
      let first = cursor.position
      while let byte = cursor.byte, !byte.isBlank, byte != UInt8(ascii: "|"), byte != UInt8(ascii: "\"") {
        cursor.position += 1
      }
      words.append(first..<cursor.position)
    }
    guard !words.isEmpty else {
      throw cursor.error(
        label == nil
          ? "expected a choice: what the calls give, such as 5, EAGAIN, 1..9 or 20ms..60ms"
          : "expected before its words what the calls give: 5 \"five bytes\"", at: start)
    }
    return Choice(try outcome(words), label: label)
  }

  private func outcome(_ words: [Range<Int>]) throws(SyntaxError) -> Choice.Outcome {
    if words.count == 1, let range = try range(words[0]) { return range }
    let texts = words.map { cursor.text($0) }
    if texts == ["none"] { return .ready([]) }
    if Readiness.words.contains(where: { $0.word == texts[0] }) {
      var ready: Readiness = []
      for (text, word) in zip(texts, words) {
        guard let known = Readiness.words.first(where: { $0.word == text }) else {
          throw cursor.error("expected readable, writable or exceptional", at: word.lowerBound)
        }
        ready.insert(known.readiness)
      }
      return .ready(ready)
    }
    var results: [Expectation.Result] = []
    for word in words { results.append(try result(word)) }
    return .results(results)
  }

  /// `1..9` or `20ms..60ms`; nil if it is no range.
  private func range(_ word: Range<Int>) throws(SyntaxError) -> Choice.Outcome? {
    let parts = cursor.text(word).split(separator: "..", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else { return nil }
    let counts = parts.compactMap { part in part.utf8.allSatisfy(\.isDigit) ? Int64(part) : nil }
    if counts.count == 2, parts.count == 2, counts[0] <= counts[1] { return .count(counts[0]...counts[1]) }
    let times = parts.compactMap { try? DurationText.parse($0) }
    if times.count == 2, parts.count == 2, times[0] < times[1] { return .time(times[0]..<times[1]) }
    throw cursor.error(
      "expected the smaller first and the larger behind ..: 1..9 or 20ms..60ms", at: word.lowerBound)
  }

  /// `by NAME MEASURE because "TEXT"`
  mutating func takeReveal() throws(SyntaxError) -> Reveal {
    cursor.skipBlanks()
    guard cursor.accept(word: "by") else {
      throw cursor.error("expected by, a socket and what it gave: by server.1 recv #1")
    }
    let name = try takeName()
    let measure = try takeMeasure()
    cursor.skipBlanks()
    guard cursor.accept(word: "because") else { throw cursor.error("expected because and the reason") }
    return Reveal(by: name, measure, because: try takeProse("the reason"))
  }

  private mutating func takeMeasure() throws(SyntaxError) -> LessonMeasure {
    cursor.skipBlanks()
    let start = cursor.position
    let word = cursor.text(cursor.takeWord())
    if let call = LessonMeasure.Call(rawValue: word) {
      guard let number = try takeCallNumber() else { return .calls(call) }
      cursor.skipBlanks()
      return cursor.accept(word: "waited") ? .waited(call, number) : .call(call, number)
    }
    switch word {
    case "bytes": return .bytes
    case "messages": return .messages
    case "ready": return .ready
    case "exit": return .exit
    case "records": return .records(try takeFilter())
    case "cuts": return .cuts(try takeVerdict())
    default:
      throw cursor.error(
        "expected recv, send, recv #1, recv #1 waited, bytes, messages, ready, exit, records or cuts",
        at: start)
    }
  }

  /// `#1`, which is no comment here; nil if something else stands here.
  private mutating func takeCallNumber() throws(SyntaxError) -> Int? {
    var ahead = cursor
    while ahead.byte == UInt8(ascii: " ") { ahead.position += 1 }
    guard ahead.byte == UInt8(ascii: "#"), let digit = ahead.byte(after: 1), digit.isDigit else { return nil }
    cursor = ahead
    cursor.position += 1
    return try takeNumber("the number of a call, from 1")
  }
}
