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
        "  send " + SafeText.string(Self.shortened(smallest.burst)),
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

  private static func shortened(_ burst: String) -> String {
    burst.count <= longest ? burst : burst.prefix(longest) + "…"
  }

  /// Characters of a burst.
  private static let longest = 400

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
        if part.allSatisfy({ $0 == nil }) { continue }
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

  /// What is not the same: ranges of offsets, or, where a cut is of several places, the cuts.
  private var places: [String] {
    if report.tried.contains(where: { $0.cuts.offsets.count > 1 }) { return severalPlaces }
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
    if bad.count > Self.most { lines = kinds(bad) }
    return lines
  }

  private var severalPlaces: [String] {
    let noted = report.noted.sorted { $0.cuts < $1.cuts }
    if noted.isEmpty { return [] }
    let lines = noted.prefix(Self.most / 4).map { "  \($0.verdict.word): \($0.cuts.phrase)" }
    let rest = report.done - report.count(.same) - lines.count
    return ["  a cell has the worst of the cuts that fall there"] + lines
      + (rest > 0 ? ["  and \(Units.count(rest)) more"] : [])
  }

  /// Where there are too many: how many offsets lie in what kind of place, the most first.
  private func kinds(_ bad: [ShakeReport.Stretch]) -> [String] {
    var counts: [String: Int] = [:]
    for stretch in bad {
      counts["\(stretch.verdict.word)  \(stretch.place)", default: 0] += stretch.offsets.count
    }
    let sorted = counts.sorted { $0.value > $1.value || $0.value == $1.value && $0.key < $1.key }
    let lines = sorted.prefix(Self.most).map { "  \($0.key)  \(Units.count($0.value))" }
    return lines + (sorted.count > Self.most ? ["  and \(sorted.count - Self.most) kinds more"] : [])
  }
}
