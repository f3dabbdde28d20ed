import Traffic

/// Records of messages that are sent in parts.
extension JSONLines {
  func addShake(_ start: ShakeStart?, _ output: inout ByteBuffer) {
    output.add("target", start?.target ?? "")
    output.add("messages", numbers: start?.messages.map(\.count) ?? [])
    output.add("framing", start?.framing)
    output.add("cuts", start?.total ?? 0)
    output.add((start?.answer ?? [])[...], as: encoding, named: "answer")
  }

  func addCut(_ record: Record, _ result: CutResult?, _ output: inout ByteBuffer) {
    output.add("message", (result?.cuts.message ?? 0) + 1)
    output.add("at", numbers: result?.cuts.offsets ?? [])
    output.add("verdict", record.verdict?.word ?? "")
    output.add("proven", result?.isProven ?? false)
    output.add("runs", result?.runs.map(\.word) ?? [])
    output.add((result?.answer ?? [])[...], as: encoding, named: "answer")
    output.add("answered", result?.answered ?? 0)
    output.add("ended", result?.end.word ?? "")
    output.begin("calls")
    output.append("[")
    for (place, call) in (result?.calls ?? []).enumerated() {
      output.append(place == 0 ? "{" : ",{")
      output.add("call", call.name.name)
      output.add("asked", call.asked)
      output.add("returned", call.result)
      output.append("}")
    }
    output.append("]")
    output.add("note", result?.note ?? "")
  }
}
