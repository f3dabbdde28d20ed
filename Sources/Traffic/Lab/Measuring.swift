extension Journal {
  /// What a measure gives now.
  /// - Returns: with the record that it was read from, where it is of one.
  public func finding(
    _ measure: LessonMeasure, of socket: SocketID
  ) -> Result<(finding: Finding, sequence: Int?), Judgement.Refusal> {
    guard let (info, totals) = self.socket(socket) else {
      return .failure(Judgement.Refusal("its records were dropped for want of memory (--memory)"))
    }
    func found(_ finding: Finding) -> Result<(finding: Finding, sequence: Int?), Judgement.Refusal> {
      .success((finding, nil))
    }
    switch measure {
    case .calls(let call):
      return Judgement.results(call.kind, of: socket, in: self).flatMap {
        found($0.isEmpty ? .nothing("no call") : .results($0))
      }
    case .call(let call, let number):
      return self.call(call, number, of: socket).map { found in
        guard let (record, sequence) = found else { return (.nothing("no \(call.rawValue) #\(number)"), nil) }
        return (.results([Expectation.Result(record)]), sequence)
      }
    case .waited(let call, let number):
      return self.call(call, number, of: socket).map { found in
        guard let (record, sequence) = found else { return (.nothing("no \(call.rawValue) #\(number)"), nil) }
        return (.time(record.waited), sequence)
      }
    case .bytes: return found(.count(totals.receivedBytes))
    case .messages: return Judgement.messages(of: socket, in: self).flatMap { found(.count(Int64($0.count))) }
    case .ready:
      let readiness = Judgement.readiness(of: socket, info, in: self)
      return found(readiness.map { .ready($0) } ?? .nothing("no wait yet"))
    case .exit:
      return Judgement.programEnd(of: socket, in: self).flatMap { end in
        switch end {
        case nil: found(.nothing("it still runs"))
        case .exited(let status)?: found(.count(Int64(status)))
        case .killed(let signal)?: found(.nothing("signal \(signal)"))
        }
      }
    case .records(let filter):
      return Judgement.count(where: filter, of: socket, in: self).flatMap { found(.count(Int64($0))) }
    case .cuts(let verdict):
      return found(.count(Int64(Judgement.count(verdict, of: [socket], in: self))))
    }
  }

  /// The call with this number, from 1.
  private func call(
    _ call: LessonMeasure.Call, _ number: Int, of socket: SocketID
  ) -> Result<(Record, Int)?, Judgement.Refusal> {
    var found: (Record, Int)?
    let refusal = Judgement.forEach(of: socket, in: self) { record, sequence in
      if record.kind == call.kind, record.number == number { found = (record, sequence) }
      return nil
    }
    return refusal.map { .failure($0) } ?? .success(found)
  }
}
