import Traffic

/// What cuts came to as JUnit's XML, which CI systems show as tests: one case a cut.
public struct ShakeJUnit: Sendable {
  public struct Case: Sendable {
    public var result: CutResult
    /// Where it is cut, in words: `inside the header Content-Length`; empty if nobody can say.
    public var place: String

    public init(_ result: CutResult, place: String) { (self.result, self.place) = (result, place) }
  }

  public var suite: String
  public var cases: [Case]
  /// Of a dialogue each case says which message is cut.
  public var isDialogue: Bool
  public var duration: Nanoseconds

  public init(suite: String, cases: [Case], isDialogue: Bool, duration: Nanoseconds) {
    (self.suite, self.cases, self.isDialogue, self.duration) = (suite, cases, isDialogue, duration)
  }

  /// - Parameter duration: of all of it.
  public init(_ report: ShakeReport, duration: Nanoseconds) {
    let noted = Dictionary(report.noted.map { ($0.cuts, $0) }) { first, _ in first }
    let cases = report.tried.sorted { $0.cuts < $1.cuts }.map { cuts, verdict in
      Case(
        noted[cuts] ?? CutResult(cuts: cuts, verdict: verdict, isProven: verdict == .same),
        place: report.place(of: cuts))
    }
    self.init(
      suite: report.start.target, cases: cases, isDialogue: report.start.messages.count > 1,
      duration: duration)
  }

  public var text: String {
    let failures = cases.count { $0.result.verdict.isFound }
    let skipped = cases.count { $0.result.verdict == .unproven }
    let milliseconds = duration / 1_000_000
    let fraction = String(String(milliseconds % 1000 + 1000).dropFirst())
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"0\" skipped=\"\(skipped)\" "
      + "time=\"\(milliseconds / 1000).\(fraction)\""
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites \(counts)>\n"
    text += "  <testsuite name=\"\(Self.escaped(suite))\" \(counts)>\n"
    for test in cases { text += element(test) }
    return text + "  </testsuite>\n</testsuites>\n"
  }

  private func element(_ test: Case) -> String {
    let result = test.result
    let start = "    <testcase classname=\"shake\" name=\"\(Self.escaped(name(test)))\""
    if result.verdict == .same { return start + "/>\n" }
    let inside =
      if result.verdict == .unproven {
        "<skipped message=\"\(Self.escaped("unproven" + (result.note.isEmpty ? "" : ": \(result.note)")))\"/>"
      } else {
        "<failure type=\"\(result.verdict.word)\" message=\"\(Self.escaped(Self.message(result)))\">"
          + Self.escaped(Self.details(result)) + "</failure>"
      }
    return start + ">\n      \(inside)\n    </testcase>\n"
  }

  private func name(_ test: Case) -> String {
    let offsets = test.result.cuts.offsets
    let bytes =
      offsets.count < 2
      ? "byte \(offsets.first ?? 0)"
      : "bytes " + offsets.dropLast().map(String.init).joined(separator: ", ") + " and \(offsets.last!)"
    return (isDialogue ? "message \(test.result.cuts.message + 1): " : "") + "cut after \(bytes)"
      + (test.place.isEmpty ? "" : " (\(test.place))")
  }

  private static let shownAnswer = 200

  private static func message(_ result: CutResult) -> String {
    let shown = result.answer.prefix(shownAnswer)
    let answer =
      result.answered == 0
      ? "no answer"
      : EscapedText.literal(Array(shown)) + (shown.count < result.answered ? "… " : " ")
        + "(\(result.answered) byte\(result.answered == 1 ? "" : "s"))"
    return "\(result.verdict.word): \(answer), \(result.end.word)"
  }

  private static func details(_ result: CutResult) -> String {
    var lines: [String] = result.note.isEmpty ? [] : [result.note]
    if result.runs.count > 1 { lines.append("runs: " + result.runs.map(\.word).joined(separator: ", ")) }
    lines += result.calls.map(\.text)
    return lines.joined(separator: "\n")
  }

  /// Text as it may stand between tags and between quotes. What no XML 1.0 can hold becomes U+FFFD.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "\t", "\n", "\r": result += "&#\(scalar.value);"
      case "\u{0}"..."\u{1f}", "\u{fffe}", "\u{ffff}": result += "\u{fffd}"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
