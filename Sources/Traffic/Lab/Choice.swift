/// One of the answers to a question: what the calls have to give for it to be the right one, and how it is called.
public struct Choice: Sendable, Equatable {
  /// What makes it right.
  public enum Outcome: Sendable, Equatable {
    /// The results of one call, or of several in their order.
    case results([Expectation.Result])
    /// A number from here to there.
    case count(ClosedRange<Int64>)
    /// A time from here up to there.
    case time(Range<Nanoseconds>)
    /// What select(2) says.
    case ready(Readiness)
  }

  public var outcome: Outcome
  /// In the lesson's words; nil where the outcome says it all.
  public var label: String?

  public init(_ outcome: Outcome, label: String? = nil) { (self.outcome, self.label) = (outcome, label) }

  /// What people read.
  public var text: String { label ?? outcome.text }

  /// True if this is what happened.
  public func holds(_ finding: Finding) -> Bool { outcome.holds(finding) }
}

extension Choice.Outcome {
  var text: String {
    switch self {
    case .results(let results): results.map(\.text).joined(separator: " ")
    case .count(let range): "\(range.lowerBound)..\(range.upperBound)"
    case .time(let range): "\(Units.duration(range.lowerBound))..\(Units.duration(range.upperBound))"
    case .ready(let readiness): readiness.text
    }
  }

  func holds(_ finding: Finding) -> Bool {
    switch self {
    case .results(let wanted):
      switch finding {
      case .results(let got): got == wanted
      case .count(let got): wanted == [.returned(Int(got))]
      case .time, .ready, .nothing: false
      }
    case .count(let range): finding.count.map(range.contains) ?? false
    case .time(let range): if case .time(let got) = finding { range.contains(got) } else { false }
    case .ready(let wanted): finding == .ready(wanted)
    }
  }

  /// True if something could happen that makes both right.
  func overlaps(_ other: Choice.Outcome) -> Bool {
    switch (self, other) {
    case (.count(let one), .count(let two)): one.overlaps(two)
    case (.time(let one), .time(let two)): one.overlaps(two)
    case (.results(let results), _): other.holds(.results(results))
    case (_, .results(let results)): holds(.results(results))
    case (_, _): self == other
    }
  }
}

extension Finding {
  /// It as a number; nil if it is none.
  fileprivate var count: Int64? {
    switch self {
    case .count(let count): return count
    case .results(let results):
      if results.count == 1, case .returned(let count) = results[0] { return Int64(count) }
      return nil
    case .time, .ready, .nothing: return nil
    }
  }
}
