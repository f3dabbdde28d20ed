import Traffic

/// Two runs beside each other as JSON Lines: `difference` for each place where a call of one has none of the other beside it that
/// returned the same, and `compare` behind those of each socket.
public struct CompareJSON {
  private static let full = 1 << 16

  private let a: Journal
  private let b: Journal

  public init(_ a: Journal, _ b: Journal) { (self.a, self.b) = (a, b) }

  /// Compares, and writes as it goes on.
  /// - Parameter write: takes what is in the buffer.
  public func write(_ write: (inout ByteBuffer) throws -> Void) rethrows -> CompareVerdict {
    let matching = SocketMatching(a, b)
    var verdict = CompareVerdict()
    var output = ByteBuffer(capacity: 2 * Self.full)
    for pair in matching.pairs {
      let name = CallSource(a, pair.a).name
      let comparison = try SocketComparison(CallSource(a, pair.a), CallSource(b, pair.b)) { row, one, other in
        add(row, one, other, of: name, &output)
        if output.count > Self.full { try write(&output) }
      }
      if comparison.a.calls + comparison.b.calls > 0 { verdict.add(comparison) }
      add(comparison, &output)
    }
    for (run, journal, sockets) in [("a", a, matching.onlyA), ("b", b, matching.onlyB)] {
      for socket in sockets {
        guard let known = journal.socket(socket) else { continue }
        verdict.addAlone(known.totals)
        output.beginObject()
        output.add("event", "compare")
        output.add("socket", known.info.name)
        output.add("only", run)
        output.add("calls", known.totals.receives)
        output.add("bytes", known.totals.receivedBytes)
        output.endObject()
        if output.count > Self.full { try write(&output) }
      }
    }
    try write(&output)
    return verdict
  }

  private func add(
    _ row: ComparedRow, _ a: ComparedSide, _ b: ComparedSide, of name: String, _ output: inout ByteBuffer
  ) {
    output.beginObject()
    output.add("event", "difference")
    output.add("socket", name)
    output.add("offset", row.offset)
    output.begin("a")
    add(row.a, a, &output)
    output.begin("b")
    add(row.b, b, &output)
    output.endObject()
  }

  private func add(_ call: ComparedCall?, _ side: ComparedSide, _ output: inout ByteBuffer) {
    guard let call else { return output.append("null") }
    let record = call.record
    output.append("{")
    output.add("seq", call.sequence)
    output.add("n", Int(record.number))
    output.add("offset", record.offset)
    output.add("asked", Int(record.asked))
    output.add("returned", record.returned)
    output.add("errno", record.errno?.name)
    output.add("why", Reason(record)?.rawValue)
    output.add("waited", record.waited)
    output.add("arrived", side.arrival(of: call))
    output.append("}")
  }

  private func add(_ comparison: SocketComparison, _ output: inout ByteBuffer) {
    output.beginObject()
    output.add("event", "compare")
    output.add("socket", comparison.a.name)
    output.add("other", comparison.b.name)
    output.add("same", comparison.isSame)
    output.add("differences", comparison.differences)
    output.add("first", comparison.firstDifference?.offset)
    output.add("bytes", Self.word(comparison))
    output.add("bytes_first", comparison.bytes.difference?.offset)
    output.add("bytes_unknown", comparison.bytes.unknown)
    for (run, side) in [("a", comparison.a), ("b", comparison.b)] {
      output.begin(run)
      output.append("{")
      output.add("calls", side.calls)
      output.add("idle", side.idle)
      output.add("bytes", side.bytes)
      output.append("}")
    }
    output.add("waited", comparison.waited?.difference)
    output.add("arrived", comparison.arrived?.difference)
    output.endObject()
  }

  private static func word(_ comparison: SocketComparison) -> String {
    if comparison.bytes.difference != nil { return "different" }
    if comparison.a.bytes != comparison.b.bytes { return "length" }
    return comparison.bytes.unknown > 0 ? "unknown" : "same"
  }
}
