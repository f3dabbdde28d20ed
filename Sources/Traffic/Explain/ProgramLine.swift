import SystemPackage

extension ByteBuffer {
  /// What became of a watched program, and what it did beside sending and receiving, in one line.
  mutating func append(program record: Record, payload: ArraySlice<UInt8>) {
    switch record.kind {
    case .startProgram:
      guard let start = ProgramStart(payload: payload) else { return }
      append(safe: start.command)
      append("  process ")
      append(number: record.process ?? 0)
      append(", watched by ")
      append(safe: start.source)
      append(": waits below ")
      append(duration: start.floor)
      append(" mean nothing")
    case .exitProgram:
      append("process ")
      append(number: record.process ?? 0)
      append(record.signalNumber == nil ? " exited with " : " was ended by signal ")
      append(number: record.signalNumber ?? record.exitStatus ?? 0)
    case .output:
      append(text: record.stream?.rawValue ?? "")
      append("  ")
      append(safe: String(decoding: payload, as: UTF8.self))
    case .signal:
      append("signal ")
      append(number: record.signalNumber ?? 0)
      append(" to thread ")
      append(number: record.thread ?? 0)
    case .unseen:
      append(text: record.unseenReason?.rawValue ?? "")
      append(": what it does by that is not seen")
    case .lost:
      append(number: record.asked)
      append(" calls could not be looked at: ")
      if let errno = record.errno { append(phraseOf: errno) }
    case .call: append(call: record, payload: payload)
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .hold, .release, .drop, .shake, .cut, .ask, .answer, .reveal, .segment:
      break
    }
  }

  private mutating func append(call record: Record, payload: ArraySlice<UInt8>) {
    append(text: record.call?.name ?? "")
    if !payload.isEmpty {
      append(" ")
      append(safe: String(decoding: payload, as: UTF8.self))
    }
    append("  ")
    if let errno = record.errno { return append(phraseOf: errno) }
    append("returned ")
    append(number: record.result)
  }
}
