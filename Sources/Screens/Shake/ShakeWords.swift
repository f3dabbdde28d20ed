import Traffic

/// What there is to say of the chosen cell: the verdict, where the cut lies, what came instead of what, and the bytes around it.
struct ShakeWords {
  struct Span: Hashable {
    var text: String
    var style = Style.text
  }

  typealias Line = [Span]

  /// Cells before the bytes.
  private static let margin = 8

  private let state: ShakeState
  private let name: (SocketID) -> String
  private let journal: Journal
  private let width: Int

  /// - Parameter name: of a socket.
  init(_ state: ShakeState, _ journal: Journal, width: Int, name: @escaping (SocketID) -> String) {
    (self.state, self.journal, self.width, self.name) = (state, journal, width, name)
  }

  /// As many as there is room for: the verdict first, then the sentence, and the bytes behind it.
  func lines(most: Int) -> [Line] {
    guard most > 0, let cell = state.cell, let report = state.report else { return [] }
    let record = state.record(of: cell).flatMap { journal.item($0) }
    let result = record.flatMap { item -> CutResult? in
      guard case .record(let record, _) = item else { return nil }
      return journal.body(CutResult.self, of: record)
    }
    let bytes = bytes(around: cell, result?.cuts.offsets ?? [], report)
    let words = Paragraph.lines(sentence(cell, result, report), width: max(1, width)).map { [Span(text: $0)] }
    // The verdict has a line, and the bytes theirs.
    let room = max(1, most - 1 - (most >= 4 ? bytes.count : 0))
    let lines = [head(cell, result, record)] + words.prefix(room) + bytes + answers(result, report)
    return Array(lines.prefix(most))
  }

  private func head(_ cell: ShakeState.Cell, _ result: CutResult?, _ item: Item?) -> Line {
    guard let verdict = state.verdict(cell) else {
      let word = state.isGoingOn ? "not tried yet" : "not tried"
      return [Span(text: "\(ShakeLegend.untried) \(word)", style: Style(.muted))]
    }
    var line = [
      Span(text: String(verdict.sign), style: Style(verdict.role)),
      Span(text: " \(verdict.word)", style: Style(.strong)),
    ]
    guard let result else { return line }
    // Of what was found the sentence tells why it is not proven.
    let proof = result.isProven ? ", proven" : ", not proven"
    line.append(Span(text: verdict == .unproven ? result.note.isEmpty ? "" : ": \(result.note)" : proof))
    if result.runs.count > 1 {
      let words = result.runs.map(\.word)
      let isEach = Set(words).count == 1
      line.append(
        Span(
          text: "   " + (isEach ? "in each of \(words.count) runs" : words.joined(separator: ", ")),
          style: Style(.muted)))
    }
    if let item, item.socket != .none {
      line.append(Span(text: "   on \(name(item.socket))", style: Style(.muted)))
    }
    return line
  }

  private func sentence(_ cell: ShakeState.Cell, _ result: CutResult?, _ report: ShakeReport) -> String {
    if let result { return CutSentence(result, in: report).text }
    let cuts = CutPlaces(message: cell.message, offsets: [cell.offset])
    let place = report.place(of: cuts)
    let gone = state.verdict(cell) == nil ? "" : "; what came of it is no longer held"
    return cuts.phrase + (place.isEmpty ? "" : " (\(place))") + gone
  }

  /// What came back, and what does when nothing is cut.
  private func answers(_ result: CutResult?, _ report: ShakeReport) -> [Line] {
    guard let result, result.verdict != .same else { return [] }
    let ended = result.end == .open ? "" : ", then \(result.end.word)"
    return [
      answer("answer", result.answer, behind: ended), answer("uncut", report.start.answer, behind: ""),
    ]
  }

  private func answer(_ word: String, _ bytes: [UInt8], behind rest: String) -> Line {
    let text = bytes.isEmpty ? "nothing" : EscapedText.quotedStart(of: bytes, most: max(8, width))
    return [
      Span(text: word.padded(to: Self.margin), style: Style(.muted)),
      Span(text: text.fitted(to: max(8, width - Self.margin - rest.count))),
      Span(text: rest, style: Style(.muted)),
    ]
  }

  // MARK: Bytes

  /// Text and hex, with a mark where each cut lies.
  private func bytes(around cell: ShakeState.Cell, _ cuts: [Int], _ report: ShakeReport) -> [Line] {
    let message = report.start.messages[cell.message]
    let cuts = Set(cuts + [cell.offset])
    let room = max(4, width - Self.margin - 2)
    return [
      line("text", message, around: cell.offset, cuts, count: min(64, room - 2), isHex: false),
      line("hex", message, around: cell.offset, cuts, count: min(24, max(2, room / 3 - 1)), isHex: true),
    ]
  }

  private func line(
    _ word: String, _ message: [UInt8], around offset: Int, _ cuts: Set<Int>, count: Int, isHex: Bool
  ) -> Line {
    let start = max(0, min(offset - count / 2, message.count - count))
    let end = min(message.count, start + count)
    var line = [Span(text: word.padded(to: Self.margin - 2), style: Style(.muted))]
    line.append(Span(text: start > 0 ? "… " : "  ", style: Style(.muted)))
    for place in start..<end {
      if cuts.contains(place) {
        line.append(Span(text: "┃", style: Style(place == offset ? .error : .warning)))
      } else if isHex, place > start {
        line.append(Span(text: " "))
      }
      let glyph = Glyph(byte: message[place])
      line.append(
        isHex
          ? Span(text: HexLine.digits(message[place]))
          : Span(text: String(Character(glyph.scalar)), style: Style(glyph.isReplacement ? .muted : .text)))
    }
    if end < message.count { line.append(Span(text: " …", style: Style(.muted))) }
    return line
  }
}
