/// What `expect NAME records …` finds among the records of a socket.
extension Judgement {
  static func records(
    _ wanted: ClosedRange<Int>, _ filter: Filter, of socket: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    count(where: filter, of: socket, in: journal).map { got in
      let count = wanted.count == 1 ? "\(wanted.lowerBound)" : "\(wanted.lowerBound)..\(wanted.upperBound)"
      return Judgement(
        holds: wanted.contains(got), wanted: "\(count) records where \(filter.text)", got: "\(got) records")
    }
  }

  /// How many records meet a condition.
  static func count(where filter: Filter, of socket: SocketID, in journal: Journal) -> Result<Int, Refusal> {
    let around = FilterSurroundings(journal, filter.noSockets)
    var count = 0
    let refusal = forEach(of: socket, in: journal) { record, sequence in
      if filter.kinds.contains(RecordKinds(record)), filter.passes(record, sequence, around) { count += 1 }
      return nil
    }
    return refusal.map { .failure($0) } ?? .success(count)
  }
}
