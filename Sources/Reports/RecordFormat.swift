import Traffic

/// A way to print what a journal holds, a row after the other.
public protocol RecordFormat: Sendable {
  /// True where a send() stands above the recv() that it fed; false where the journal's order is kept.
  var isInOrderOfCause: Bool { get }

  /// Writes what stands above the first of the rows that have columns.
  func writeHead(to output: inout ByteBuffer)

  /// Writes one record with its newline; `payload` is nil where the journal no longer has it.
  func write(
    _ record: Record, sequence: Int, payload: ArraySlice<UInt8>?, names: SocketNames,
    to output: inout ByteBuffer)

  /// Writes a message that a framing has cut out, with its newline.
  /// - Parameters:
  ///   - sequence: of the record that completed it.
  ///   - content: nil where the journal no longer has all of it.
  func write(
    _ found: FoundMessage, of socket: SocketID, sequence: Int, content: [UInt8]?, names: SocketNames,
    to output: inout ByteBuffer)

  /// Writes what a reader would have made of a socket's stream that takes one recv for one message.
  func write(
    _ naive: NaiveReader, of socket: SocketID, at time: Nanoseconds, names: SocketNames,
    to output: inout ByteBuffer)

  /// Writes statistics, with their newline.
  func write(_ report: StatisticsReport, names: SocketNames, to output: inout ByteBuffer)

  /// Writes what had gone before it could be printed.
  /// - Parameters:
  ///   - sequence: of the first record that is missing.
  ///   - time: of the first one that is there again.
  func writeEvicted(
    records: Int, bytes: Int64, sequence: Int, time: Nanoseconds, to output: inout ByteBuffer)
}
