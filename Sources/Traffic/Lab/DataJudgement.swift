/// What `expect NAME data …` finds in the bytes that a socket received: they are compared as they come, and never
/// gathered.
extension Judgement {
  static func compare(
    _ pieces: [Burst], on socket: SocketID, in journal: Journal, _ file: (String) throws -> [UInt8]
  ) -> Result<Judgement, Refusal> {
    do {
      let schedules = try pieces.map { try BurstSchedule($0, file: file) }
      return schedules.count == 1
        ? compare(pieces[0], StreamComparison(with: schedules[0]), on: socket, in: journal)
        : compare(pieces, schedules, on: socket, in: journal)
    } catch {
      return .failure(Refusal("\(error)"))
    }
  }

  private static func compare(
    _ burst: Burst, _ comparison: StreamComparison, on socket: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    var comparison = comparison
    if let refusal = forEachChunk(of: socket, in: journal, { comparison.take($0) }) {
      return .failure(refusal)
    }
    if comparison.isSame() {
      return .success(Judgement(holds: true, wanted: burst.text, got: burst.text))
    }
    return .success(
      Judgement(
        holds: false, wanted: "\(comparison.wanted): \(burst.text)",
        got: "\(comparison.got) bytes, the first \(comparison.same) as wanted"))
  }

  /// With any bytes between the pieces.
  private static func compare(
    _ pieces: [Burst], _ schedules: [BurstSchedule], on socket: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    for schedule in schedules where schedule.measure.bytes > PieceComparison.longestPiece {
      return .failure(Refusal(PieceComparison.tooLong))
    }
    var comparison = PieceComparison(schedules.map(\.payload))
    if let refusal = forEachChunk(of: socket, in: journal, { comparison.take($0) }) {
      return .failure(refusal)
    }
    let place = comparison.place
    let got =
      if comparison.isSame {
        "\(comparison.got) bytes, which fit"
      } else if place == 0 {
        "\(comparison.got) bytes, the first \(comparison.same) as wanted"
      } else if place == pieces.count - 1 {
        "\(comparison.got) bytes, without \(pieces[place].text) at their end"
          + (comparison.found > 0 ? ", behind the first \(comparison.found)" : "")
      } else {
        "\(comparison.got) bytes, without \(pieces[place].text)"
          + (comparison.found > 0 ? " behind the first \(comparison.found)" : "")
      }
    return .success(
      Judgement(holds: comparison.isSame, wanted: text(of: pieces), got: got))
  }

  private static func text(of pieces: [Burst]) -> String {
    pieces.map { $0.steps.isEmpty ? [] : [$0.text] }.joined(separator: ["…"]).joined(separator: " ")
  }

  /// Where the expression fits first.
  static func find(
    _ regex: ByteRegex, on socket: SocketID, in journal: Journal
  ) -> Result<Judgement, Refusal> {
    var matcher = PatternMatcher(.regex(regex))
    var end: Int64?
    let refusal = forEachChunk(of: socket, in: journal) { bytes in
      if end == nil { end = matcher.search(bytes).first }
    }
    if let refusal { return .failure(refusal) }
    let got = journal.socket(socket)?.totals.receivedBytes ?? matcher.position
    return .success(
      Judgement(
        holds: end != nil, wanted: "a match of \(regex.text)",
        got: end.map { "one that ends with byte \($0) of \(got)" } ?? "none in \(got) bytes"))
  }

  /// Goes through the bytes that a socket received.
  /// - Returns: why that is not possible; nil if it was.
  private static func forEachChunk(
    of socket: SocketID, in journal: Journal, _ body: ([UInt8]) -> Void
  ) -> Refusal? {
    // A program that is watched receives nothing itself: its bytes are what it writes.
    let isProgram = journal.socket(socket)?.info.role == .program
    return forEach(isProgram ? .output : .recv, of: socket, in: journal) { record in
      if !isProgram, !record.takes { return nil }
      guard let bytes = journal.payload(of: record) else {
        return Refusal("its first bytes were dropped for want of memory (--memory)")
      }
      body(bytes)
      return nil
    }
  }
}
