import Traffic

/// What a run can be written as.
public enum ExportKind: String, CaseIterable, Sendable {
  case jsonl, csv, pcapng, hexdump, raw

  /// What it is, for lists.
  public var meaning: String {
    switch self {
    case .jsonl: "a JSON object a line, as --json prints"
    case .csv: "a table, its columns named as in the JSON"
    case .pcapng: "a capture for Wireshark, with made-up headers and each call as a comment"
    case .hexdump: "hex lines of each call, as text2pcap takes them"
    case .raw: "the bytes of one socket one way"
    }
  }

  /// Writes what a journal holds. What is held in memory does not grow with it.
  /// - Parameter sink: takes the bytes, piece by piece.
  /// - Throws: `ExportError`, or what the sink throws.
  public func write(
    _ journal: Journal, _ options: ExportOptions, to sink: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) throws -> ExportTally {
    var output = ExportOutput(sink)
    let tally =
      switch self {
      case .jsonl:
        try LineExport(JSONLines(version: options.version, encoding: .base64))
          .write(journal, options, to: &output)
      case .csv:
        try LineExport(CSVTable(version: options.version), head: CSVTable.head)
          .write(journal, options, to: &output)
      case .pcapng: try PcapngExport().write(journal, options, to: &output)
      case .hexdump: try HexDumpExport().write(journal, options, to: &output)
      case .raw: try RawExport().write(journal, options, to: &output)
      }
    try output.flush()
    return tally
  }
}
