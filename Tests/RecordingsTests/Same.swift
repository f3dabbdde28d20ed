import Testing

@testable import Traffic

/// Holds what two journals say beside each other.
struct Same {
  let left: Journal
  let right: Journal

  /// Everything that a reader can ask for.
  func all(sourceLocation: SourceLocation = #_sourceLocation) {
    records(sourceLocation)
    sockets(sourceLocation)
    #expect(left.summary == right.summary, sourceLocation: sourceLocation)
  }

  /// Read from the first to the last, with payloads.
  func records(_ place: SourceLocation) {
    var batches = (RecordBatch(), RecordBatch())
    var next = left.extent.records.lowerBound
    #expect(left.extent.records == right.extent.records, sourceLocation: place)
    while next < left.extent.records.upperBound {
      left.read(&batches.0, from: next, count: 100)
      right.read(&batches.1, from: next, count: 100)
      let count = min(batches.0.records.count, batches.1.records.count)
      guard count > 0, batches.0.first == next, batches.1.first == next else {
        Issue.record("nothing to read from \(next) on", sourceLocation: place)
        return
      }
      for index in 0..<count {
        var (one, other) = (batches.0.records[index], batches.1.records[index])
        // Where bytes lie is the journal's own affair, and the same all the same.
        #expect(one == other, "#\(next + index)", sourceLocation: place)
        #expect(batches.0.payload(index) == batches.1.payload(index), sourceLocation: place)
        #expect(one.address.map(left.text) == other.address.map(right.text), sourceLocation: place)
        (one, other) = (other, one)
      }
      next += count
    }
  }

  /// What is known of each, and its records by rank, from some places in both ways.
  func sockets(_ place: SourceLocation) {
    #expect(left.sockets == right.sockets, sourceLocation: place)
    for id in left.sockets {
      #expect(left.socket(id)?.info == right.socket(id)?.info, sourceLocation: place)
      #expect(left.socket(id)?.totals == right.socket(id)?.totals, sourceLocation: place)
      #expect(left.peer(of: id) == right.peer(of: id), sourceLocation: place)
      let ranks = left.ranks(of: id)
      #expect(ranks == right.ranks(of: id), sourceLocation: place)
      for start in stride(from: ranks.lowerBound, to: ranks.upperBound, by: max(1, ranks.count / 7)) {
        let range = start..<start + 50
        let (one, other) = (left.records(of: id, in: range), right.records(of: id, in: range))
        #expect(one.map(\.sequence) == other.map(\.sequence), sourceLocation: place)
        #expect(one.map(\.record) == other.map(\.record), sourceLocation: place)
        guard let first = one.first else { continue }
        for sequence in [first.sequence - 1, first.sequence, first.sequence + 1] where sequence >= 0 {
          #expect(
            left.rank(of: id, atOrAfter: sequence) == right.rank(of: id, atOrAfter: sequence),
            "\(id) \(sequence)",
            sourceLocation: place)
        }
        #expect(left.payload(of: first.record) == right.payload(of: first.record), sourceLocation: place)
      }
    }
  }
}
