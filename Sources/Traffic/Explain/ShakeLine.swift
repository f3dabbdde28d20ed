extension ByteBuffer {
  /// What is sent in parts, in one line.
  mutating func append(shake payload: ArraySlice<UInt8>) {
    guard let start = ShakeStart(payload: payload) else { return }
    append(number: start.total)
    append(start.total == 1 ? " way to cut " : " ways to cut ")
    append(number: start.messages.reduce(0) { $0 + $1.count })
    append(" bytes: ")
    append(safe: start.target)
  }

  /// How one way of cutting came out, in one line: `cut after byte 17: different, proven`.
  mutating func append(cut payload: ArraySlice<UInt8>) {
    guard let result = CutResult(payload: payload) else { return }
    append(text: result.cuts.phrase)
    append(": ")
    append(text: result.verdict.word)
    if result.verdict != .unproven { append(result.isProven ? ", proven" : ", not proven") }
    if !result.note.isEmpty {
      append(", ")
      append(safe: result.note)
    }
  }
}

extension CutPlaces {
  /// `uncut`, `cut after byte 17`, `cut after bytes 17 and 20 of message 2`.
  public var phrase: String {
    if offsets.isEmpty { return "uncut" }
    let places = offsets.map(String.init).joined(separator: " and ")
    return
      "cut after byte\(offsets.count == 1 ? "" : "s") \(places)\(message > 0 ? " of message \(message + 1)" : "")"
  }
}
