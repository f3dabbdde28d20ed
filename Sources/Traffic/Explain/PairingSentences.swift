extension Pairing {
  /// Which calls of the other end a record's bytes went through: `It holds all of send #1 (5 bytes) and the first 5
  /// of the 50 bytes of send #2 of client.`
  ///
  /// - Returns: nil if the record has no bytes in the stream.
  public func sentence(for record: Record, peerName: String) -> String? {
    guard let account = account(of: record) else { return nil }
    let isChunk = record.kind == .recv
    let verb = isChunk ? "send" : "recv"
    var parts: [String] = []
    if account.forgotten > 0 {
      parts.append("\(Explanation.bytes(account.forgotten)) of \(verb)() calls that are no longer held")
    }
    parts += pieces(account, of: record, verb)
    if account.open > 0, isChunk {
      parts.append("\(Explanation.bytes(account.open)) of a send() that has not returned yet")
    }
    let list = Explanation.list(parts)
    if isChunk {
      return "It holds \(list)\(account.first == nil ? "" : ", from \(peerName)").\(displaced(in: record))"
    }
    let rest = Explanation.bytes(account.open)
    if parts.isEmpty { return "No recv() of \(peerName) has taken any of it yet." }
    let open = account.open > 0 ? " No recv() has taken the last \(rest) yet." : ""
    return "At \(peerName), it came as \(list).\(open)"
  }

  /// Tells of urgent bytes that came in line, as a newer one took their place before they were read. See tcp(7).
  private func displaced(in chunk: Record) -> String {
    let urgent = sends(in: chunk).filter { $0.record.flags.contains(.outOfBand) && !$0.isCutAtEnd }
    if urgent.isEmpty { return "" }
    // With the option it came in line for that reason; at the mark it would have been passed over.
    if SocketHistory(of: chunk, in: journal).options[.oobinline] == "on" {
      return " The urgent byte is among them: SO_OOBINLINE leaves it in line."
    }
    let list = Explanation.list(urgent.map { "#\($0.record.number)" })
    return
      " The urgent byte of send \(list) came in line: a newer one displaced it before it was read."
  }

  private func pieces(_ account: Account, of record: Record, _ verb: String) -> [String] {
    guard let first = account.first, let last = account.last else { return [] }
    if first.sequence == last.sequence { return [Self.piece(first, verb)] }
    var parts: [String] = []
    var whole = (
      from: first.record.number, to: last.record.number,
      bytes: last.record.offset - first.record.offset - Int64(first.record.result)
    )
    if first.isWhole {
      whole.bytes += Int64(first.bytes)
    } else {
      parts.append(Self.piece(first, verb))
      whole.from += 1
    }
    if last.isWhole { whole.bytes += Int64(last.bytes) } else { whole.to -= 1 }
    if whole.bytes > 0 {
      let between = whole.to == whole.from + 1 ? "and" : "to"
      let numbers =
        whole.from == whole.to ? "\(verb) #\(whole.from)" : "\(verb)s #\(whole.from) \(between) #\(whole.to)"
      parts.append("all of \(numbers) (\(Explanation.bytes(whole.bytes)))")
    }
    if !last.isWhole { parts.append(Self.piece(last, verb)) }
    return parts
  }

  private static func piece(_ share: Share, _ verb: String) -> String {
    let name = "\(verb) #\(share.record.number)"
    let all = "the \(Explanation.bytes(share.record.result)) of \(name)"
    let count = Units.count(share.bytes)
    return switch (share.isCutAtStart, share.isCutAtEnd) {
    case (false, false): "all of \(name) (\(Explanation.bytes(share.bytes)))"
    case (false, true): "the first \(count) of \(all)"
    case (true, false): "the last \(count) of \(all)"
    case (true, true): "\(count) from the middle of \(all)"
    }
  }
}
