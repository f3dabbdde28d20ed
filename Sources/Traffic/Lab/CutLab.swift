/// A finding as the text of a lab that `recvscope run` and CI repeat: it fails as long as the program does.
public struct CutLab: Sendable {
  public var target: ShakeOrder.Target
  /// A sentence about what was found.
  public var finding: String
  public var messages: [[UInt8]]
  public var cuts: CutPlaces
  public var verdict: CutVerdict
  /// What each message is answered where none is cut.
  public var answers: [[UInt8]]
  public var until: AnswerEnd
  /// By which `AnswerEnd.message` counts.
  public var framing: Framing?
  public var blanks: AnswerBlanks
  /// What the last answer must have in it; nil if the answers are to be the same, but for `blanks`. In a lab
  /// it may be anywhere in what came.
  public var pattern: Pattern?
  /// The sending side is shut down behind the last message.
  public var endsWithShutdown: Bool
  /// How long each part and each answer is waited for.
  public var within: Nanoseconds
  /// What a client returns that is not cut. Nothing in a lab tells what it has written.
  public var status: Int

  /// Between two parts: far more than a program takes that is at its recv.
  private static let pause: Nanoseconds = 100_000_000

  public init(
    target: ShakeOrder.Target, finding: String, messages: [[UInt8]], cuts: CutPlaces, verdict: CutVerdict,
    answers: [[UInt8]], until: AnswerEnd, framing: Framing? = nil, blanks: AnswerBlanks = .none,
    pattern: Pattern? = nil, endsWithShutdown: Bool = false, within: Nanoseconds = 2_000_000_000,
    status: Int = 0
  ) {
    (self.target, self.finding, self.messages, self.cuts) = (target, finding, messages, cuts)
    (self.verdict, self.answers, self.until, self.framing) = (verdict, answers, until, framing)
    (self.blanks, self.pattern, self.endsWithShutdown) = (blanks, pattern, endsWithShutdown)
    (self.within, self.status) = (within, status)
  }

  /// The lines of the lab, with a newline behind each.
  public var text: String {
    var lines = comment
    switch target {
    case .server(let words, let address):
      lines += [Self.watch(words), "wait app listen", ""]
      lines += conversation(of: "client", at: address?.text ?? "app", cuts)
    case .address(let address): lines += conversation(of: "client", at: address.text, cuts)
    case .client(let words, let address):
      lines += ["listen \(address.text) --as server", Self.watch(words), ""] + replies
    }
    if verdict == .crash, case .server(_, let address) = target {
      lines += ["", "# It has to be there still: the same again, whole.", "close client"]
      lines += conversation(of: "after", at: address?.text ?? "app", nil)
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func watch(_ words: [String]) -> String {
    "watch \(EscapedText.quoted(Array(ShellWords.line(words).utf8))) --as app"
  }

  private var comment: [String] {
    var lines = Self.wrapped(SafeText.string(finding))
    lines += [
      "#", "#   recvscope run FILE", "#", "# returns 1 as long as it fails, and 0 once that is mended.",
    ]
    switch target {
    case .server, .client:
      lines += [
        "# A part is sent when the program's own recv calls have returned what was sent before it. That wait",
        "# fails where recv itself waits for more (MSG_WAITALL): then no cut is seen, and nothing is tested.",
      ]
    case .address:
      lines += [
        "# Nobody sees what recv returns there: a part is sent \(DurationText.spoken(Self.pause)) after another."
      ]
    }
    return lines + [""]
  }

  /// Words in lines of a comment.
  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 110 {
        lines[lines.count - 1] += " \(word)"
      } else {
        lines.append("# \(word)")
      }
    }
    return lines
  }

  /// A connection on which all messages are sent and their answers judged.
  private func conversation(of name: String, at address: String, _ cuts: CutPlaces?) -> [String] {
    var lines = ["connect \(address) --as \(name)"]
    // A part must not wait for an acknowledgement of what was sent before.
    if case .address(.inet) = target { lines[0] += " --nodelay" }
    if countsMessages, let framing { lines.append("frame \(name) \(framing.text)") }
    var sent = 0
    for place in messages.indices {
      let isUnanswered = answers[place].isEmpty && place + 1 < messages.count
      for (part, isLast) in parts(of: place, cuts) {
        lines.append("send \(name) \(EscapedText.literal(part))")
        sent += part.count
        if cuts != nil, !isLast || isUnanswered { lines.append(delivery(sent)) }
      }
      if endsWithShutdown, place + 1 == messages.count { lines.append("shutdown \(name) write") }
      lines += waits(of: name, for: place)
    }
    return lines + expectations.map { "expect \(name) \($0)" }
  }

  private func parts(of place: Int, _ cuts: CutPlaces?) -> [(bytes: [UInt8], isLast: Bool)] {
    let offsets = cuts?.message == place ? cuts?.offsets ?? [] : []
    let count = messages[place].count
    return zip([0] + offsets, offsets + [count]).map { (Array(messages[place][$0..<$1]), $1 == count) }
  }

  /// What a client is sent, and how it has to end.
  private var replies: [String] {
    var lines: [String] = []
    var sent = 0
    for place in messages.indices {
      for (part, isLast) in parts(of: place, cuts) {
        lines.append("send server.1 \(EscapedText.literal(part))")
        sent += part.count
        if !isLast || place + 1 < messages.count { lines.append(delivery(sent)) }
      }
    }
    if endsWithShutdown { lines.append("shutdown server.1 write") }
    lines.append("wait app exit within \(DurationText.text(within))")
    // Its answer is what it writes, behind which we have put its status.
    if let answer = answers.first, let end = answer.lastIndex(of: UInt8(ascii: "(")), end > 0,
      blanks == .none,
      pattern == nil
    {
      lines.append("expect app data \(EscapedText.literal(Array(answer[..<end])))")
    }
    return lines + ["expect app exit \(status)"]
  }

  /// Waits until the program has so many bytes. Whatever its listener is, and whichever process accepts: ours
  /// is the first connection. A client's socket has the name of its descriptor.
  private func delivery(_ bytes: Int) -> String {
    let limit = "within \(DurationText.text(within))"
    return switch target {
    case .server: "wait app.*.1 bytes \(bytes) \(limit)"
    case .client: "wait app.* bytes \(bytes) \(limit)"
    case .address: "wait \(DurationText.text(Self.pause))"
    }
  }

  /// An answer whose length may be another one each time.
  private func isLoose(_ place: Int) -> Bool {
    blanks != .none || pattern != nil && place + 1 == messages.count
  }

  private var countsMessages: Bool {
    guard case .message = until else { return false }
    return framing != nil && messages.indices.contains(where: isLoose)
  }

  /// Waits until the answer to a message is complete.
  private func waits(of name: String, for place: Int) -> [String] {
    let limit = "within \(DurationText.text(within))"
    let isLast = place + 1 == messages.count
    // Where the end is waited for, a wrong answer is told of however long it is.
    if case .end = until, isLast { return ["wait \(name) end \(limit)"] }
    let before = (0..<place).reduce(0) { $0 + leastBytes(of: $1) }
    var bytes = before + leastBytes(of: place)
    if case .bytes(let count) = until, isLast { bytes = max(bytes, before + count) }
    var lines = bytes > before ? ["wait \(name) bytes \(bytes) \(limit)"] : []
    switch until {
    case .bytes, .end: break
    case .message:
      if isLoose(place), let framing {
        let count = messages[...place].reduce(0) { $0 + framing.ends(in: $1).count }
        lines.append("wait \(name) messages \(count) \(limit)")
      }
    case .quiet(let length): if isLast || isLoose(place) { lines.append("wait \(DurationText.text(length))") }
    }
    return lines
  }

  /// As many bytes a right answer has at least.
  private func leastBytes(of place: Int) -> Int {
    guard let pattern, place + 1 == messages.count else { return blanks.blanked(answers[place]).count }
    switch pattern {
    case .bytes(let bytes): return bytes.count
    case .regex: return 1
    case .count(let count): return count
    }
  }

  private var expectations: [String] {
    switch pattern {
    case .regex(let regex): return ["data \(regex.text)"]
    case .bytes(let bytes): return ["data … \(EscapedText.literal(bytes)) …"]
    // As many bytes as are waited for.
    case .count: return []
    case nil: break
    }
    let pieces = self.pieces
    if pieces == [[]] { return ["bytes 0"] }
    let data = pieces.map { $0.isEmpty ? [] : [EscapedText.literal($0)] }.joined(separator: ["…"])
    return ["data \(data.joined(separator: " "))"]
  }

  /// What does not change in the answers: between two pieces something does. Only the first and the last may
  /// be empty.
  private var pieces: [[UInt8]] {
    var pieces: [[UInt8]] = [[]]
    for answer in answers {
      let (bytes, gaps) = blanks.kept(of: answer)
      var start = 0
      for gap in gaps {
        pieces[pieces.count - 1] += bytes[start..<gap]
        if pieces.count == 1 || !pieces[pieces.count - 1].isEmpty { pieces.append([]) }
        start = gap
      }
      pieces[pieces.count - 1] += bytes[start...]
    }
    if pieces.count == 1 { return pieces }
    return pieces.enumerated().flatMap { place, piece in
      // What is too long to be looked for as a whole is looked for in parts.
      piece.isEmpty
        ? [piece]
        : stride(from: 0, to: piece.count, by: Int(PieceComparison.longestPiece)).map { start in
          Array(piece[start..<min(piece.count, start + Int(PieceComparison.longestPiece))])
        }
    }
  }
}
