import Traffic

/// The records that an export writes, one after the other, with what they carry.
final class ExportRows {
  struct Row {
    let record: Record
    let sequence: Int
    /// Nil where the journal no longer has it.
    let payload: ArraySlice<UInt8>?
  }

  private static let batch = 1024

  let journal: Journal
  let names: SocketNames
  private let choice: RecordChoice
  private let limit: Int
  private(set) var tally = ExportTally()

  /// - Parameter kinds: what there is something to write of.
  init(_ journal: Journal, _ options: ExportOptions, _ kinds: RecordKinds) {
    self.journal = journal
    names = SocketNames(journal)
    choice = RecordChoice(kinds, options.filter, names)
    limit = options.limit ?? .max
  }

  /// Hands out each record that passes, up to the limit; the others are counted.
  func each(_ take: (Row) throws -> Void) throws {
    let end = journal.extent.records.upperBound
    if choice.filter?.asksOfSockets == true {
      walk(upTo: end) { row in choice.note(row.record, row.sequence, payload: row.payload) }
    }
    tally = ExportTally()
    try walk(upTo: end) { row in
      guard choice.shows(row.record, row.sequence, payload: row.payload) else { return }
      if tally.written == limit {
        tally.leftOut += 1
        return
      }
      tally.written += 1
      try take(row)
    }
  }

  private func walk(upTo end: Int, _ take: (Row) throws -> Void) rethrows {
    var batch = RecordBatch()
    var next = 0
    while true {
      let sought =
        choice.filter?.asksOfSockets == true ? next : journal.skip(of: nil, from: next, to: choice.kinds)
      if sought >= end { return }
      journal.read(&batch, from: sought, count: min(Self.batch, end - sought))
      if batch.records.isEmpty { return }
      names.refresh(batch, isHolding: false)
      tally.goneRecords += batch.lostRecords
      tally.goneBytes += batch.lostBytes
      for (index, record) in batch.records.enumerated() {
        try take(Row(record: record, sequence: batch.first + index, payload: batch.payload(index)))
      }
      next = batch.next
    }
  }
}
