import Traffic

extension ByteBuffer {
  /// What a recv or send was asked and gave: `recv(10) returned 5 of 5, waited 1.2 ms: took all there was`. The second number is
  /// how much was there, or how much was to be sent.
  mutating func append(callOf record: Record) {
    append(text: record.call?.name ?? record.kind.word)
    append("(")
    append(number: record.asked)
    append(") ")
    if let returned = record.returned {
      append(record.kind == .recv ? "returned " : "accepted ")
      append(number: returned)
      if record.kind == .send {
        append(" of ")
        append(number: record.asked)
      } else if let queued = record.queued, !record.conditions.contains(.datagram) {
        append(" of ")
        append(number: returned + queued)
      }
    } else {
      append("failed")
    }
    append(", waited ")
    append(duration: record.waited)
    append(": ")
    append(outcomeOf: record)
  }
}
