/// What the records of a shake have beside others.
extension FilterField {
  static let shakes: [FilterField] = [
    FilterField(
      "messages", [.shake],
      .text(words: []) { record, _, around in
        around.body(ShakeStart.self, of: record)?.messages.map { String($0.count) }.joined(separator: ",")
      }, .payload),
    FilterField(
      "framing", [.shake],
      .text(words: []) { record, _, around in around.body(ShakeStart.self, of: record)?.framing }, .payload),
    FilterField(
      "cuts", [.shake],
      .number { record, _, around in around.body(ShakeStart.self, of: record).map { Int64($0.total) } },
      .payload),
    FilterField(
      "message", [.cut],
      .number { record, _, around in
        around.body(CutResult.self, of: record).map { Int64($0.cuts.message + 1) }
      }, .payload),
    FilterField("at", [.cut], .result { $0.cuts.offsets.map(String.init).joined(separator: ",") }, .payload),
    FilterField(
      "verdict", [.cut],
      .text(words: CutVerdict.allCases.map(\.word)) { record, _, _ in record.verdict?.word }),
    FilterField(
      "proven", [.send, .cut],
      .text(words: ["true", "false"]) { record, _, around in
        let isProven =
          record.kind == .send
          ? record.isProven : around.body(CutResult.self, of: record)?.isProven
        return isProven.map { $0 ? "true" : "false" }
      }, .payload),
    FilterField("runs", [.cut], .result { $0.runs.map(\.word).joined(separator: ",") }, .payload),
    FilterField(
      "answer", [.shake, .cut],
      .bytes { record, _, around in
        record.kind == .shake
          ? around.body(ShakeStart.self, of: record)?.answer[...]
          : around.body(CutResult.self, of: record)?.answer[...]
      }, .payload),
    FilterField(
      "answered", [.cut],
      .number { record, _, around in around.body(CutResult.self, of: record).map { Int64($0.answered) } },
      .payload),
    FilterField(
      "ended", [.cut], .result(words: CutResult.End.allCases.map(\.word)) { $0.end.word }, .payload),
    FilterField("note", [.cut], .result { $0.note.isEmpty ? nil : $0.note }, .payload),
  ]
}

extension FilterField.Form {
  /// What became of a cut.
  fileprivate static func result(words: [String] = [], _ read: @escaping @Sendable (CutResult) -> String?)
    -> Self
  {
    .text(words: words) { record, _, around in around.body(CutResult.self, of: record).flatMap(read) }
  }
}
