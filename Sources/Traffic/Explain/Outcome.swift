import SystemPackage

extension Record {
  /// How the call or event came out, in a few words: `took all there was`, `buffer full, 40 left`.
  ///
  /// Events whose words are in their payload or in the table of sockets (listen, accept, option, mark, expect, burst) have none.
  public var outcome: String? { outcome(tellsLateness: true) }

  /// - Parameter tellsLateness: how late a burst's send() was belongs to it.
  public func outcome(tellsLateness: Bool) -> String? {
    let words = String { $0.append(outcomeOf: self, tellsLateness: tellsLateness) }
    return words.isEmpty ? nil : words
  }
}

extension ByteBuffer {
  /// As `Record.outcome`; nothing where there is none.
  public mutating func append(outcomeOf record: Record, tellsLateness: Bool = true) {
    if let reason = Reason(record) { return append(reason, of: record) }
    if let errno = record.errno {
      if errno == .interrupted, let own = Interruption(record.conditions) {
        append("stopped, to ")
        return append(text: own.word)
      }
      if record.kind == .send, errno.isPassing, errno != .interrupted { return append("send buffer full") }
      return append(phraseOf: errno)
    }
    switch record.kind {
    case .send: append(send: record, tellsLateness: tellsLateness)
    case .shutdown:
      guard let how = record.how else { return }
      append(text: how.word)
      append(" side shut down")
    case .close:
      append(record.how == .reset ? "closed with a reset" : "closed")
      guard let undelivered = record.undelivered, undelivered > 0 else { return }
      append(", ")
      append(number: undelivered)
      append(" not passed on")
    case .wait where record.result == 0: append("nothing became ready")
    case .wait:
      append(number: record.result)
      append(" ready")
    case .connect: append("connected")
    case .hold, .release, .drop: append(byHand: record)
    case .start, .listen, .accept, .recv, .option, .mark, .expect, .burst, .call, .startProgram, .output,
      .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask, .answer, .reveal, .segment:
      break
    }
  }

  private mutating func append(_ reason: Reason, of record: Record) {
    if record.isUrgent, record.result > 0 { return append("urgent byte") }
    switch reason {
    case .filled:
      append("buffer full")
      guard let left = record.queued else { return }
      append(", ")
      append(number: left)
      append(" left")
    case .exact: append("buffer full, 0 left")
    case .drained:
      append("took all there was")
      guard let late = record.queued, late > 0 else { return }
      append(", ")
      append(number: late)
      append(" came later")
    case .endOfStream: append("end of stream")
    case .wouldBlock: append("nothing there")
    case .timedOut: append("timed out, nothing came")
    case .interrupted:
      guard let interruption = Interruption(record.conditions) else {
        return append("interrupted by a signal")
      }
      append("stopped, to ")
      append(text: interruption.word)
    case .reset: append("reset by peer")
    case .error: if let errno = record.errno { append(phraseOf: errno) } else { append("failed") }
    case .datagram: append("one datagram")
    case .datagramTruncated:
      append("datagram cut")
      guard let lost = record.lost else { return }
      append(", ")
      append(number: lost)
      append(" lost")
    case .datagramEmpty: append("empty datagram, no end")
    case .datagramsJoined:
      append(number: record.segments ?? 0)
      append(" datagrams, joined")
    case .waitAll: append("waited for all of it")
    case .waitAllCut: append("WAITALL was cut short")
    case .urgentMark: append("stopped at the urgent mark")
    case .peeked: append("peeked, still queued")
    }
  }

  private mutating func append(byHand record: Record) {
    guard let way = record.way else { return }
    append(text: way.rawValue)
    append(": ")
    append(number: record.asked)
    switch record.kind {
    case .hold: append(" bytes wait")
    case .release: append(record.conditions.contains(.changed) ? " bytes replaced" : " bytes let go")
    case .drop: append(" bytes thrown away")
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask,
      .answer, .reveal, .segment:
      break
    }
  }

  private mutating func append(send record: Record, tellsLateness: Bool) {
    if Int(record.result) == Int(record.asked) {
      append("accepted")
    } else {
      append("short: ")
      append(number: record.result)
      append(" of ")
      append(number: record.asked)
    }
    if record.conditions.contains(.changed) { append(", changed") }
    if record.isProven == false { append(", not proven") }
    guard tellsLateness, let planned = record.planned else { return }
    append(", ")
    append(duration: max(0, record.start - planned))
    append(" late")
  }

  /// As `Errno.phrase`.
  mutating func append(phraseOf errno: Errno) {
    append(text: errno.name)
    guard let meaning = Errno.meanings[errno.rawValue] else { return }
    append(", ")
    append(text: meaning)
  }
}

extension Errno {
  /// The name with what it means in a few words: `ECONNRESET, reset by peer`.
  public var phrase: String { String { $0.append(phraseOf: self) } }

  fileprivate static let meanings: [CInt: String] = [
    2: "no such name", 4: "interrupted by a signal", 11: "nothing there", 13: "no permission",
    23: "no descriptors left in the system", 24: "no descriptors left", 32: "no more can be sent",
    90: "too long for one datagram", 91: "a socket of another kind", 92: "unknown to this kernel",
    95: "not supported by this kind of socket", 97: "address family not supported",
    98: "address in use", 99: "address not on this machine", 101: "network unreachable",
    103: "aborted before it was accepted", 104: "reset by peer", 105: "no room in the queue",
    107: "not connected", 110: "timed out",
    111: "refused: nobody listens there", 115: "goes on by itself", 113: "host unreachable",
  ]
}
