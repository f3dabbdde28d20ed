/// What `expect NAME records …` finds among the records of a socket.
extension Judgement {
  static func records(
    _ wanted: ClosedRange<Int>, _ filter: Filter, of socket: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    let around = FilterSurroundings(journal, filter.noSockets)
    var got = 0
    let refusal = forEach(of: socket, in: journal) { record, sequence in
      if filter.kinds.contains(RecordKinds(record)), filter.passes(record, sequence, around) { got += 1 }
      return nil
    }
    if let refusal { return .failure(refusal) }
    let count = wanted.count == 1 ? "\(wanted.lowerBound)" : "\(wanted.lowerBound)..\(wanted.upperBound)"
    return .success(
      Judgement(
        holds: wanted.contains(got), wanted: "\(count) records where \(filter.text)", got: "\(got) records"))
  }
}
