import Traffic

/// What an export came to, for who asked for it.
public struct ExportTally: Sendable, Equatable {
  /// Records written, or lines of them.
  public var written = 0
  /// Records that passed and were left out by the limit.
  public var leftOut = 0
  /// Records that the journal no longer had.
  public var goneRecords = 0
  /// Payload bytes that the journal no longer had.
  public var goneBytes: Int64 = 0
  /// What else is not in the file, a sentence each.
  public var notes: [String] = []

  public init(written: Int = 0) { self.written = written }

  /// All of it in sentences, without the file's name.
  public var sentences: [String] {
    var sentences: [String] = []
    if leftOut > 0 {
      sentences.append("\(Units.count(leftOut)) more records were left out (--limit \(written))")
    }
    if goneRecords > 0 {
      sentences.append("\(Units.count(goneRecords)) records had been dropped, to stay within --memory")
    }
    if goneBytes > 0 {
      sentences.append("\(Units.size(goneBytes)) of payload had been dropped, to stay within --memory")
    }
    return sentences + notes
  }
}
