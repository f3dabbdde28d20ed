import Traffic

/// A capture of what the calls moved, as Wireshark reads it. Headers are made up so that sequence numbers fit; each packet has its
/// call as a comment, and each socket an interface of its own.
struct PcapngExport: Export {
  private static let kinds = RecordKinds { record in
    switch record.kind {
    case .accept, .connect, .recv, .send, .shutdown, .close, .segment: true
    case .start, .listen, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop, .call,
      .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal:
      false
    }
  }

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    let rows = ExportRows(journal, options, Self.kinds)
    var capture = Capture(rows.names, wall: options.wall)
    capture.begin(version: options.version, to: &output.buffer)
    try rows.each { row in
      capture.take(row, to: &output.buffer)
      try output.pass()
    }
    var tally = rows.tally
    if capture.unplaced > 0 {
      tally.notes.append(
        "\(Units.count(capture.unplaced)) captured segments were left out: where in their connection they lie is unknown"
      )
    }
    return tally
  }
}
