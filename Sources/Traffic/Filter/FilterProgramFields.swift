import SystemPackage

/// What the records of a watched program have beside ours.
extension FilterField {
  /// Calls that a program can make.
  static let watched: [Record.Kind] = [
    .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .call,
  ]

  private static let everything = watched + [.startProgram, .output, .signal, .unseen, .lost, .exitProgram]

  static let programs: [FilterField] = [
    FilterField(
      "origin", everything,
      .text(words: [Record.ownOrigin, Record.watchedOrigin]) { record, _, _ in
        record.isWatched ? Record.watchedOrigin : Record.ownOrigin
      }),
    FilterField("pid", everything, .number { record, _, _ in record.process.map(Int64.init) }),
    FilterField("tid", everything, .number { record, _, _ in record.thread.map(Int64.init) }),
    FilterField("fd", watched, .number { record, _, _ in record.descriptor.map(Int64.init) }),
    FilterField("kept", [.recv, .send], .number { record, _, _ in record.kept.map(Int64.init) }),
    FilterField(
      "command", [.startProgram],
      .text(words: []) { record, _, around in around.body(ProgramStart.self, of: record)?.command }, .payload),
    FilterField(
      "source", [.startProgram],
      .text(words: ["ptrace"]) { record, _, around in around.body(ProgramStart.self, of: record)?.source },
      .payload),
    FilterField(
      "floor", [.startProgram],
      .time { record, _, around in around.body(ProgramStart.self, of: record)?.floor }, .payload),
    FilterField("status", [.exitProgram], .number { record, _, _ in record.exitStatus.map(Int64.init) }),
    FilterField(
      "signal", [.signal, .exitProgram], .number { record, _, _ in record.signalNumber.map(Int64.init) }),
    FilterField(
      "stream", [.output],
      .text(words: OutputStream.allCases.map(\.rawValue)) { record, _, _ in record.stream?.rawValue }),
    FilterField(
      "reason", [.unseen, .lost],
      .text(words: UnseenReason.allCases.map(\.rawValue) + Errno.allNames) { record, _, _ in
        record.kind == .lost ? record.errno?.name : record.unseenReason?.rawValue
      }),
    FilterField(
      "address", [.call],
      .text(words: []) { record, _, around in
        around.text(record).flatMap { $0.isEmpty ? nil : $0 }
      }, .payload),
  ]
}
