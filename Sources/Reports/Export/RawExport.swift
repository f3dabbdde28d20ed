import Traffic

/// The bytes of one socket one way, one after another: of a datagram socket those of its datagrams.
struct RawExport: Export {
  private static let calls = RecordKinds { ($0.kind == .recv || $0.kind == .send) && $0.result > 0 }

  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
  {
    let rows = ExportRows(journal, options, Self.calls)
    var stream: (socket: SocketID, way: Direction)?
    var missing: Int64 = 0
    try rows.each { row in
      guard let way = Direction(row.record.kind), row.record.streamBytes > 0 else { return }
      let first = stream ?? (row.record.socket, way)
      stream = first
      guard first == (row.record.socket, way) else {
        throw ExportError.severalStreams(
          rows.names.name(first.socket), first.way, rows.names.name(row.record.socket), way)
      }
      let payload = row.payload ?? []
      payload.withUnsafeBytes { output.buffer.append(bytes: $0) }
      missing += Int64(max(0, Int(row.record.streamBytes) - payload.count))
      try output.pass()
    }
    if stream == nil { throw ExportError.noBytes }
    var tally = rows.tally
    if missing > 0 {
      tally.notes.append("\(Units.size(missing)) of it are missing: they were dropped, or never read")
      tally.goneBytes = 0
    }
    return tally
  }
}
