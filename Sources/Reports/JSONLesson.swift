import Traffic

/// Records of lessons.
extension JSONLines {
  func addLesson(_ record: Record, _ payload: ArraySlice<UInt8>?, _ output: inout ByteBuffer) {
    let payload = payload ?? []
    if let round = record.round {
      output.add("round", round)
      output.add("choice", record.choice)
      output.add("votes", numbers: CountedVotes(payload: payload)?.votes ?? [])
    } else if record.kind == .ask {
      let question = AskedQuestion(payload: payload)
      output.add("line", record.line)
      output.add("text", question?.text ?? "")
      output.add("choices", question?.choices ?? [])
    } else {
      let revelation = Revelation(payload: payload)
      output.add("line", record.line)
      output.add("choice", record.choice)
      output.add("ok", record.result == 1)
      output.add("measure", revelation?.measure ?? "")
      output.add("got", revelation?.got ?? "")
      output.add("because", revelation?.reason ?? "")
    }
  }
}
