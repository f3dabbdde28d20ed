extension ByteBuffer {
  /// What a lesson asked, in one line: `What will it return?  1: 5  2: 10`.
  mutating func append(asked payload: ArraySlice<UInt8>) {
    guard let question = AskedQuestion(payload: payload) else { return }
    append(safe: question.text)
    for (place, choice) in question.choices.enumerated() {
      append("  ")
      append(number: place + 1)
      append(": ")
      append(safe: choice)
    }
  }

  /// What it was answered: `choice 2: 10`, with the hands where there were several.
  mutating func append(answer record: Record, payload: ArraySlice<UInt8>) {
    if record.round ?? 1 > 1 { append("once more: ") }
    guard let counted = CountedVotes(payload: payload), let choice = record.choice else { return }
    append("choice ")
    append(number: choice)
    append(": ")
    append(safe: counted.chosen)
    guard counted.votes.reduce(0, +) > 1 else { return }
    append(", hands")
    for votes in counted.votes {
      append(" ")
      append(number: votes)
    }
  }

  /// What the calls gave: `recv #1 gave 5: choice 1. recv returns as soon …`.
  mutating func append(revealed record: Record, payload: ArraySlice<UInt8>) {
    guard let revelation = Revelation(payload: payload) else { return }
    append(safe: revelation.measure)
    append(" gave ")
    append(safe: revelation.got)
    if let choice = record.choice {
      append(": choice ")
      append(number: choice)
      append(". ")
      append(safe: revelation.reason)
    } else {
      append(", which is none of the choices")
    }
  }
}
