/// What one way of cutting came to, in one sentence: where the cut lies, what came instead of what, and what the program called.
public struct CutSentence: Sendable {
  public let text: String

  public init(_ result: CutResult, in report: ShakeReport) {
    let place = report.place(of: result.cuts)
    var text = result.cuts.phrase + (place.isEmpty ? "" : " (\(place))") + ": "
    let isHTTP = report.start.framing == Framing.http.text
    let right = Self.answer(report.start.answer, isHTTP: isHTTP)
    switch result.verdict {
    case .same: text += "answered as the uncut message"
    case .unproven: text += "answered as the uncut message, and not proven"
    case .different: text += "\(Self.answer(result.answer, isHTTP: isHTTP)) instead of \(right)"
    case .silent: text += "no answer instead of \(right)"
    case .closed: text += "closed without an answer, instead of \(right)"
    case .reset: text += "reset without an answer, instead of \(right)"
    case .refused: text += "the connection was refused"
    case .crash:
      text += "a process of the program \(result.note.hasPrefix("exited") ? "" : "was ")\(result.note)"
    case .unstable:
      let wrong = result.runs.filter { $0 != .same && $0 != .unproven }
      text += "\(wrong.first?.word ?? "wrong") in \(wrong.count) of \(result.runs.count) runs, and then not"
    }
    if !result.isProven, result.verdict.isFound { text += "; not proven: \(result.note)" }
    let calls = Self.calls(result.calls)
    self.text = text + (calls.isEmpty ? "" : "; the target called \(calls)")
  }

  /// An answer in few words: its status in HTTP, else how it begins.
  public static func answer(_ answer: [UInt8], isHTTP: Bool) -> String {
    if answer.isEmpty { return "nothing" }
    let line = answer.prefix { $0 != 0x0a && $0 != 0x0d }
    let words = line.split(separator: 0x20)
    if isHTTP, words.count > 1, words[0].starts(with: "HTTP/".utf8) {
      return String(decoding: words[1], as: UTF8.self)
    }
    return EscapedText.quotedStart(of: answer, most: 40)
  }

  /// `recv(4096) = 17, then send(5) = 5`; the calls that tried in vain are left out, and all but the first few.
  private static func calls(_ calls: [CutResult.Call]) -> String {
    let told = calls.filter { $0.errno?.isPassing != true }
    return told.prefix(most).map(\.text).joined(separator: ", then ") + (told.count > most ? " …" : "")
  }

  private static let most = 3
}
