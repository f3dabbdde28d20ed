import Traffic

/// Messages as JSON Lines: a view, beside the records.
extension JSONLines {
  public func write(
    _ found: FoundMessage, of socket: SocketID, sequence: Int, content: [UInt8]?, names: SocketNames,
    to output: inout ByteBuffer
  ) {
    let message = found.message
    begin("message", sequence, message.time, &output)
    output.add("socket", names.name(socket))
    output.add("way", message.way.word)
    output.add("n", message.number)
    output.add("offset", message.range.lowerBound)
    output.add("length", message.range.count)
    output.add("payload", numbers: [Int(message.payload.lowerBound), message.payload.count])
    if let calls = found.calls {
      output.add("calls", numbers: [calls.lowerBound, calls.upperBound])
    } else {
      output.addNull("calls")
    }
    output.add("began", message.began)
    output.add("kind", message.kind?.rawValue)
    output.add("broken", message.broken?.rawValue)
    if let assumed = message.notes.assumed { output.add("assumed", assumed) }
    output.add("notes", message.notes.words)
    output.add(content?[...], as: encoding)
    output.endObject()
  }

  public func write(_ report: StatisticsReport, names: SocketNames, to output: inout ByteBuffer) {
    report.writeJSON(names, to: &output)
  }

  /// What scripts want of it they count themselves.
  public func write(
    _ naive: NaiveReader, of socket: SocketID, at time: Nanoseconds, names: SocketNames,
    to output: inout ByteBuffer
  ) {}
}
