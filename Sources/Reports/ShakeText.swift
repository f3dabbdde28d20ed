import Traffic

/// What all cuts came to, as text for people: a strip with a cell an offset, the offsets of each verdict with what stands there, and the
/// smallest case.
public struct ShakeText {
  private let report: ShakeReport
  private let smallest: ShakenCase?
  /// Cells a line.
  private static let width = 64
  /// Lines of a table that are told.
  private static let most = 40

  /// - Parameter smallest: the smallest case, if one was looked for.
  public init(_ report: ShakeReport, smallest: ShakenCase? = nil) {
    (self.report, self.smallest) = (report, smallest)
  }

  public var text: String {
    var lines = [head] + strips + [""] + counts
    let places = self.places
    if !places.isEmpty { lines += [""] + places }
    if let smallest {
      let framing = report.start.framing.flatMap { try? Framing(parsing: $0) }
      lines += [
        "", "smallest: " + SafeText.string(smallest.sentence(report, framing: framing)),
        "  send " + SafeText.string(smallest.burst),
      ]
    } else if let found = report.smallest {
      lines += ["", "smallest: " + SafeText.string(CutSentence(found, in: report).text)]
    }
    if let ending = report.ending {
      lines += [
        "", "\(Units.count(report.done)) of \(Units.count(report.start.total)) were tried: \(ending)",
      ]
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var head: String {
    let bytes = report.start.messages.reduce(0) { $0 + $1.count }
    let count = report.start.messages.count
    let what =
      count == 1
      ? "a message of \(Units.count(bytes)) bytes" : "\(count) messages of \(Units.count(bytes)) bytes"
    let isHTTP = report.start.framing == Framing.http.text
    return
      "\(SafeText.string(report.start.target)): \(what), answered "
      + SafeText.string(CutSentence.answer(report.start.answer, isHTTP: isHTTP)) + " uncut"
  }

  /// One cell an offset.
  private var strips: [String] {
    var lines: [String] = []
    for (message, cells) in report.cells.enumerated() where cells.contains(where: { $0 != nil }) {
      lines.append(report.cells.count == 1 ? "" : "message \(message + 1)")
      let digits = String(cells.count).count
      for start in stride(from: 0, to: cells.count, by: Self.width) {
        let part = cells[start..<min(cells.count, start + Self.width)]
        let label = String(start + 1)
        lines.append(
          "  " + String(repeating: " ", count: digits - label.count) + label + "  "
            + String(part.map { $0?.sign ?? " " }))
      }
    }
    return lines
  }

  private var counts: [String] {
    CutVerdict.allCases.filter { report.count($0) > 0 }.map { verdict in
      let count = Units.count(report.count(verdict))
      let word = verdict.word + String(repeating: " ", count: 10 - verdict.word.count)
      let why = verdict == .unproven ? report.noted.first { $0.verdict == .unproven }?.note : nil
      return "  \(verdict.sign)  \(word) \(count)" + (why.map { "  \(SafeText.string($0))" } ?? "")
    } + ["     proven     \(Units.count(report.proven)) of \(Units.count(report.done))"]
  }

  /// Ranges of offsets that are not the same.
  private var places: [String] {
    let bad = report.stretches.filter { $0.verdict != .same }
    var lines = bad.prefix(Self.most).map { stretch in
      let offsets =
        stretch.offsets.count == 1
        ? "after byte \(stretch.offsets.lowerBound)"
        : "after bytes \(stretch.offsets.lowerBound) to \(stretch.offsets.upperBound)"
      let message = report.cells.count == 1 ? "" : " of message \(stretch.message + 1)"
      let place = stretch.place.isEmpty ? "" : "  \(stretch.place)"
      return "  \(stretch.verdict.word) \(offsets)\(message)\(place)"
    }
    if bad.count > Self.most { lines.append("  and \(bad.count - Self.most) more") }
    return lines
  }
}
