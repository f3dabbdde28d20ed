import Traffic

/// A way to write what a journal holds as a file.
protocol Export {
  func write(_ journal: Journal, _ options: ExportOptions, to output: inout ExportOutput) throws
    -> ExportTally
}
