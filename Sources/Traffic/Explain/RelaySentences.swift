/// What a relay, and who steers it by hand, did to bytes on their way.
struct RelaySentences {
  private let record: Record
  private let around: Explanation.Circumstances

  init(_ record: Record, _ around: Explanation.Circumstances) {
    self.record = record
    self.around = around
  }

  /// hold, release, drop.
  var byHand: Explanation {
    let bytes = Explanation.bytes(Int(record.asked))
    let way = record.way == .up ? "from the client to the target" : "from the target to the client"
    switch record.kind {
    case .hold:
      return Explanation(
        "The way \(way) is held: what comes in waits inside until it is released. \(bytes) waited already.",
        page: nil)
    case .release where record.conditions.contains(.changed):
      return Explanation(
        "\(bytes) of the way \(way) were replaced: what is sent now is not what was received.", page: nil)
    case .release: return Explanation("\(bytes) of the way \(way) were let go.", page: nil)
    case .drop:
      return Explanation(
        "\(bytes) of the way \(way) were thrown away: the other side never gets them.", page: nil)
    case .start, .listen, .accept, .connect, .recv, .send, .wait, .shutdown, .close, .option, .mark, .expect,
      .burst, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .ask,
      .answer, .reveal, .segment:
      return Explanation(nil, page: nil)
    }
  }

  /// send: where its bytes came from; nil for a send of no relay.
  var origin: String? {
    guard let passed = around.passed else { return nil }
    let calls = passed.receives.map {
      $0.count == 1 ? "recv #\($0.lowerBound)" : "recv #\($0.lowerBound) to #\($0.upperBound)"
    }
    let source = "\(calls ?? "recv calls that are no longer held") of \(passed.source)"
    let stay = passed.stay.map { " The oldest of them stayed inside for \(Units.duration($0))." } ?? ""
    return record.conditions.contains(.changed)
      ? "These bytes were put in the place of those that came in \(source).\(stay)"
      : "These bytes came in \(source).\(stay)"
  }

  /// send with `--proof`: whether the kernel can have joined its bytes with those before; nil for every other one.
  var proof: String? {
    switch record.isProven {
    case true?: "What was sent before had been returned by the program's own recv(): no recv() returns both."
    case false?:
      "Nobody has seen that what was sent before had been received: one recv() may return both."
    case nil: nil
    }
  }
}
