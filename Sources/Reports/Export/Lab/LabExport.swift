import Traffic

/// A lab that does again what the sockets of a run did: it opens them, and sends what was sent, with the pauses between.
///
/// What a peer sent that is not of the run is sent by a client in its place. What a watched program did is left to that program: of
/// its clients the sends are made again, to its listeners is sent what they received.
struct LabExport: Export {
  private static let kinds = RecordKinds { record in
    switch record.kind {
    case .listen, .connect, .accept, .recv, .send, .shutdown, .close: true
    case .start, .wait, .option, .mark, .expect, .burst, .hold, .release, .drop, .call, .startProgram,
      .output,
      .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal, .segment:
      false
    }
  }

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    let rows = ExportRows(journal, options, Self.kinds)
    writeHead(options, to: &output.buffer)
    var lab = LabReplay(journal, rows.names)
    try rows.each { row in
      lab.take(row, to: &output.buffer)
      try output.pass()
    }
    lab.end(to: &output.buffer)
    if !lab.hasLines { throw ExportError.nothingToSend(lab.notes) }
    var tally = rows.tally
    tally.notes += lab.notes
    return tally
  }

  private func writeHead(_ options: ExportOptions, to output: inout ByteBuffer) {
    output.append("# What a run sent that began ")
    output.append(wall: options.wall)
    output.append(", with its pauses. Written by recvscope ")
    output.append(safe: options.version)
    output.append(".\n#\n#   recvscope run FILE\n#\n# Pauses below 0.1 ms are left out; ")
    output.append("\"wait NAME bytes N\" stands where something was sent after N bytes had come.\n\n")
  }
}
