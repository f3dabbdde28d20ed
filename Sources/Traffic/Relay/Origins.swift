extension Journal {
  /// Sequence numbers of the recv records that the bytes of a relay's send came in, oldest first, as far as they are held; the
  /// first and the last are known in any case. Empty for every other record.
  public func origins(of record: Record) -> [Int] {
    guard let origin = record.origin else { return [] }
    guard origin.count > 1, let source = socket(record.socket)?.info.partner else {
      return origin.count > 1 ? [origin.lowerBound, origin.upperBound] : [origin.lowerBound]
    }
    var found = [origin.lowerBound]
    var rank = rank(of: source, atOrAfter: origin.lowerBound + 1)
    while let (sequence, received) = records(of: source, in: rank..<rank + 1).first,
      sequence < origin.upperBound
    {
      if received.kind == .recv, received.result > 0 { found.append(sequence) }
      rank += 1
    }
    return found + [origin.upperBound]
  }
}
