extension SegmentsOfCall {
  /// Lengths that are told one by one.
  private static let mostLengths = 6

  private var isChunk: Bool { call.kind == .recv }
  private var isOne: Bool { segments.count == 1 }

  /// `2 segments: 1 448 B, 312 B. The first came at 0.000 410 and lay 1.20 ms in the queue until recv() returned …`
  public var text: String {
    if segments.isEmpty {
      return
        "Which segments carried it is unknown: the connection is older than the capture, which has not seen its SYN."
    }
    return [lengths, isChunk ? came : left, shared, again, counted, long].compactMap { $0 }
      .joined(separator: " ")
  }

  private var lengths: String {
    var runs: [(length: Int, count: Int)] = []
    for length in segments.map({ Int($0.result) }) {
      if runs.last?.length == length { runs[runs.count - 1].count += 1 } else { runs.append((length, 1)) }
    }
    let told = runs.prefix(Self.mostLengths).map { run in
      (run.count > 1 ? "\(Units.count(run.count)) × " : "") + "\(Units.count(run.length)) B"
    }
    let rest = runs.count > Self.mostLengths ? " …" : ""
    let count = hasMore ? "More than \(Units.count(segments.count))" : Units.count(segments.count)
    return "\(count) segment\(isOne ? "" : "s"): \(told.joined(separator: ", "))\(rest)."
  }

  /// How long they lay in the queue.
  private var came: String? {
    guard let first = fresh.first, let last = fresh.last else { return nil }
    func lay(_ segment: Record) -> String { Units.duration(max(0, call.end - segment.start)) }
    let one =
      "\(fresh.count == 1 ? "It" : "The first") came at \(Units.time(first.start)) and lay \(lay(first)) in the queue "
      + "until recv() returned"
    return fresh.count == 1 ? one + "." : one + ", the last at \(Units.time(last.start)), \(lay(last))."
  }

  /// When they left, and when the peer had them.
  private var left: String? {
    guard let first = fresh.first, let last = fresh.last else { return nil }
    let after =
      first.start >= call.end
      ? "\(Units.duration(first.start - call.end)) after send() had returned"
      : "\(Units.duration(max(0, first.start - call.start))) after send() was entered, before it returned"
    var parts = [
      "\(fresh.count == 1 ? "It" : "The first") left \(after)"
        + (fresh.count == 1 ? "." : ", the last at \(Units.time(last.start)).")
    ]
    if let shut {
      parts.append(
        "The peer took no more meanwhile: its window was 0 from \(Units.time(shut.from.start)) until it said another at "
          + "\(Units.time(shut.until.start)).")
    } else if let awaited {
      parts.append(
        "It waited for the ACK of what was sent before, which came at \(Units.time(awaited.start)): Nagle's algorithm. "
          + "TCP_NODELAY sends at once.")
    }
    if let acknowledged {
      parts.append(
        "All of it was acknowledged at \(Units.time(acknowledged.start)), "
          + "\(Units.duration(max(0, acknowledged.start - last.start))) later.")
    } else {
      parts.append("No ACK of all of it was seen yet.")
    }
    return parts.joined(separator: " ")
  }

  private var shared: String? {
    let other = isChunk ? "chunk" : "send"
    if isOne {
      switch (isSharedBefore, isSharedBehind) {
      case (true, true): return "It is shared with the \(other)s before and behind."
      case (true, false): return "It is shared with the \(other) before."
      case (false, true): return "It is shared with the \(other) behind."
      case (false, false): return nil
      }
    }
    let parts = [
      isSharedBefore ? "the first is shared with the \(other) before" : nil,
      isSharedBehind ? "the last is shared with the \(other) behind" : nil,
    ].compactMap { $0 }
    guard let first = parts.first else { return nil }
    return (["T" + first.dropFirst()] + parts.dropFirst()).joined(separator: ", ") + "."
  }

  private var again: String? {
    let count = segments.count { $0.segment?.marks.contains(.retransmission) == true }
    return count == 0
      ? nil : "\(Units.count(count)) of them \(count == 1 ? "is a retransmission" : "are retransmissions")."
  }

  /// Why TCP_INFO has another number.
  private var counted: String? {
    guard isChunk, !hasMore, let told = call.segments, told != segments.count else { return nil }
    let start = "TCP_INFO counted \(Units.count(told)) since the call before:"
    if told < segments.count {
      return "\(start) it counts a segment at the first call after it came."
    }
    if longest.map(SegmentSentences.isJoined) == true {
      return
        "\(start) it counts what the cable carries, which is joined (GRO, LRO) or not cut yet (TSO, GSO) where the "
        + "wire is captured."
    }
    return "\(start) it counts all segments with bytes that came, those of bytes that are still queued too, "
      + "and of a packet that GSO or GRO has joined each part."
  }

  private var longest: Record? { segments.max { $0.result < $1.result } }

  private var long: String? {
    longest.flatMap {
      SegmentSentences.reason(forLengthOf: $0, on: interface, name: isOne ? "It" : "The longest")
    }
  }
}
