import Traffic

/// When a run began, by the wall clock.
struct RunStart {
  /// Nanoseconds since 1970; 0 where the record that tells it is no longer held.
  let wall: Nanoseconds

  init(_ journal: Journal) {
    let first = journal.extent.records.lowerBound
    wall = journal.records(in: first..<first + 1).first?.record.wall ?? 0
  }
}
