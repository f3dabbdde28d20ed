import Traffic

/// Follows the journal and turns records into bytes; a reader with its own place.
public struct Printer {
  private static let batch = 1024

  private let journal: Journal
  private let format: (any RecordFormat)?
  private let kinds: RecordKinds
  private let showsEvicted: Bool
  private let names: SocketNames
  private var batch = RecordBatch()
  /// Sequence number of the next record to print.
  public private(set) var next = 0
  private var limit = Int.max
  /// True if the journal was read to its end.
  public private(set) var isAtEnd = false

  /// - Parameters:
  ///   - format: nil prints nothing.
  ///   - shown: kinds of record to print.
  ///   - showsEvicted: says what had gone before it could be printed.
  public init(_ journal: Journal, _ format: (any RecordFormat)?, shown: Set<Record.Kind>, showsEvicted: Bool)
  {
    self.journal = journal
    self.format = format
    self.showsEvicted = showsEvicted
    kinds = RecordKinds { shown.contains($0.kind) }
    names = SocketNames(journal)
  }

  /// Records that come from now on are not printed.
  public mutating func stopAtEnd() { limit = journal.extent.records.upperBound }

  /// Prints what the journal has, until so many bytes are there or a few more.
  public mutating func fill(_ output: inout ByteBuffer, upTo full: Int) {
    guard let format else {
      next = journal.extent.records.upperBound
      isAtEnd = true
      return
    }
    while output.count < full {
      // What is passed over is not read, so nobody would know what of it had gone.
      if !showsEvicted { next = min(limit, journal.skip(of: nil, from: next, to: kinds)) }
      if next >= limit {
        isAtEnd = true
        return
      }
      journal.read(&batch, from: next, count: min(Self.batch, limit - next))
      names.refresh()
      print(format, to: &output)
      next = batch.next
      isAtEnd = batch.records.isEmpty
      if isAtEnd { return }
    }
  }

  private func print(_ format: any RecordFormat, to output: inout ByteBuffer) {
    if showsEvicted, batch.lostRecords > 0 || batch.lostBytes > 0 {
      format.writeEvicted(
        records: batch.lostRecords, bytes: batch.lostBytes, sequence: next,
        time: batch.records.first?.end ?? 0, to: &output)
    }
    for (index, record) in batch.records.enumerated() where kinds.contains(RecordKinds(record)) {
      format.write(
        record, sequence: batch.first + index, payload: batch.payload(index), names: names, to: &output)
    }
  }
}
