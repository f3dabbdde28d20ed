import Traffic

/// Messages as lines of text, below the calls that completed them.
extension PlainText {
  public func write(
    _ found: FoundMessage, of socket: SocketID, sequence: Int, content: [UInt8]?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    let message = found.message
    writeColumns(message.time, names.name(socket), "message", to: &output)
    output.append(text: "#\(message.number) \(message.way.word), ")
    output.append(size: Int64(message.range.count))
    output.append(text: " at \(message.range.lowerBound)")
    if let calls = found.calls {
      let call = message.way == .received ? "recv" : "send"
      output.append(
        text: calls.count == 1
          ? ", \(call) #\(calls.lowerBound)" : ", \(call) #\(calls.lowerBound) to #\(calls.upperBound)")
    }
    if message.time > message.began {
      output.append(text: ", in \(Units.duration(message.time - message.began))")
    }
    if let kind = message.kind { output.append(text: ", \(kind.rawValue)") }
    for note in message.notes.words { output.append(text: ", \(note)") }
    if let assumed = message.notes.assumed { output.append(text: ", assumed \(assumed)") }
    if let broken = message.broken { output.append(text: "  BROKEN: \(broken.rawValue)") }
    if let content, !content.isEmpty {
      output.append("  ")
      output.append(safe: EscapedText.literal(Array(content.prefix(Self.shownContent))))
      if content.count > Self.shownContent { output.append("…") }
    }
    output.append("\n")
  }

  public func write(
    _ naive: NaiveReader, of socket: SocketID, at time: Nanoseconds, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    writeColumns(time, names.name(socket), "messages", to: &output)
    output.append(text: naive.sentence)
    output.append("\n")
  }

  public func write(_ report: StatisticsReport, names: SocketNames, to output: inout ByteBuffer) {
    if report.isJSON { return report.writeJSON(names, to: &output) }
    writeColumns(report.time, report.socket == .none ? "" : names.name(report.socket), "stats", to: &output)
    report.writeText(indent: Self.indent, to: &output)
  }

  private static var shownContent: Int { 40 }
}
