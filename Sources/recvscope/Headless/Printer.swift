import Traffic

/// Follows the journal and turns records into text; a reader with its own place.
struct Printer {
  private let journal: Journal
  private let options: HeadlessOptions
  private let names: SocketNames
  private var batch = RecordBatch()
  /// Sequence number of the next record to print.
  private(set) var next = 0
  private var limit = Int.max
  /// True if the journal was read to its end.
  private(set) var isAtEnd = false
  var output = StandardOutput()

  init(_ journal: Journal, _ options: HeadlessOptions) {
    self.journal = journal
    self.options = options
    names = SocketNames(journal)
  }

  /// Records that come from now on are not printed.
  mutating func stopAtEnd() { limit = journal.extent.records.upperBound }

  /// Takes what the journal has, as much as the buffer holds.
  mutating func fill() {
    guard let format = options.format else {
      next = journal.extent.records.upperBound
      isAtEnd = true
      return
    }
    while !output.isFull {
      if next >= limit {
        isAtEnd = true
        return
      }
      journal.read(&batch, from: next, count: min(1024, limit - next))
      names.refresh()
      let time = batch.records.first?.end ?? 0
      if options.showsEvicted, batch.lostRecords > 0 || batch.lostBytes > 0 {
        output.append(
          format.evicted(records: batch.lostRecords, bytes: batch.lostBytes, sequence: next, time: time))
      }
      for (index, record) in batch.records.enumerated() where options.shown.contains(record.kind) {
        output.append(
          format.line(record, sequence: batch.first + index, payload: batch.payload(index), names: names))
      }
      next = batch.next
      isAtEnd = batch.records.isEmpty
      if isAtEnd { return }
    }
  }
}
