/// What the records of a lesson have beside others.
extension FilterField {
  static let lessons: [FilterField] = [
    FilterField(
      "choices", [.ask],
      .text(words: []) { record, _, around in
        around.body(AskedQuestion.self, of: record)?.choices.joined(separator: ",")
      }, .payload),
    FilterField("round", [.answer], .number { record, _, _ in record.round.map(Int64.init) }),
    FilterField("choice", [.answer, .reveal], .number { record, _, _ in record.choice.map(Int64.init) }),
    FilterField(
      "votes", [.answer],
      .text(words: []) { record, _, around in
        around.body(CountedVotes.self, of: record)?.votes.map(String.init).joined(separator: ",")
      }, .payload),
    FilterField(
      "measure", [.reveal],
      .text(words: []) { record, _, around in around.body(Revelation.self, of: record)?.measure }, .payload),
    FilterField(
      "because", [.reveal],
      .text(words: []) { record, _, around in around.body(Revelation.self, of: record)?.reason }, .payload),
  ]
}
