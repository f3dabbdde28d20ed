import Traffic

/// A way to print records.
protocol RecordFormat: Sendable {
  /// The text of one record, with its newline; `payload` is nil where the journal no longer has it.
  func line(_ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames) -> [UInt8]

  /// The text that says what had gone before it could be printed.
  func evicted(records: Int, bytes: Int64, sequence: Int, time: Nanoseconds) -> [UInt8]
}
