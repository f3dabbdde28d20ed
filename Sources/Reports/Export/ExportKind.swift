import Traffic

extension ExportKind {
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
      case .html: try HTMLExport().write(journal, options, to: &output)
      case .hexdump: try HexDumpExport().write(journal, options, to: &output)
      case .raw: try RawExport().write(journal, options, to: &output)
      case .lab: try LabExport().write(journal, options, to: &output)
      }
    try output.flush()
    return tally
  }
}
