import Foundation

/// `recvscope shake --json …`, run to its end.
struct ShakeRun {
  /// A `cut` of the output.
  struct Cut: Decodable {
    struct Call: Decodable {
      let call: String
      let asked: Int
      let returned: Int
    }

    /// From 1.
    let message: Int
    let at: [Int]
    let verdict: String
    let proven: Bool
    let runs: [String]
    /// Base64.
    let answer: String
    let answered: Int
    let ended: String
    let calls: [Call]
    let note: String

    var answerText: String { String(decoding: Data(base64Encoded: answer) ?? Data(), as: UTF8.self) }

    /// What its recv calls gave.
    var received: [Int] { calls.filter { $0.call.hasPrefix("recv") || $0.call == "read" }.map(\.returned) }
  }

  let outcome: Outcome
  let cuts: [Cut]

  /// - Parameter command: none for `--to`.
  init(_ options: [String], _ command: [String] = [], within seconds: Double = 120) throws {
    try self.init(
      of: Program.run(Self.arguments(options, command), within: seconds))
  }

  init(of outcome: Outcome) throws {
    self.outcome = outcome
    cuts = try outcome.lines.filter { $0.hasPrefix(#"{"event":"cut","#) }
      .map { try JSONDecoder().decode(Cut.self, from: Data($0.utf8)) }
  }

  static func arguments(_ options: [String], _ command: [String]) -> [String] {
    ["shake", "--json"] + options + (command.isEmpty ? [] : ["--"] + command)
  }

  /// The first offset of each cut that is not the same, ascending.
  var bad: [Int] { cuts.filter { $0.verdict != "same" }.map { $0.at[0] }.sorted() }

  /// The cuts that there are no proofs of, each with why.
  var unproven: [String] { cuts.filter { !$0.proven }.map { "\($0.at): \($0.note)" } }

  /// The verdicts that there are.
  var verdicts: Set<String> { Set(cuts.map(\.verdict)) }

  func cut(at offset: Int) -> Cut? { cuts.first { $0.at == [offset] } }
}
