/// What became of one message that was sent in parts.
public enum CutVerdict: UInt8, CaseIterable, Sendable {
  /// It was answered as the uncut message is, and the cut was delivered.
  case same
  /// The answer would do, but nothing proves that the program saw the cut.
  case unproven
  /// It failed, and did not fail again.
  case unstable
  /// Another answer came.
  case different
  /// Nothing came in time, and the connection is open.
  case silent
  /// The connection was not taken.
  case refused
  /// The connection was closed without an answer: a FIN.
  case closed
  /// The same by an RST.
  case reset
  /// A process of the program ended while it had the connection.
  case crash

  /// The word of the JSON's `verdict`.
  public var word: String { "\(self)" }

  /// The cell of a strip; each is another one, also without colours.
  public var sign: Character {
    switch self {
    case .same: "·"
    case .unproven: "?"
    case .unstable: "~"
    case .different: "D"
    case .silent: "S"
    case .refused: "N"
    case .closed: "C"
    case .reset: "R"
    case .crash: "!"
    }
  }

  /// Something is wrong with the program.
  public var isFound: Bool { self != .same && self != .unproven }

  /// The one that matters more where two fall together: the later case.
  public func worse(than other: CutVerdict) -> Bool { rawValue > other.rawValue }
}

extension CutVerdict {
  /// What several runs of the same come to: one that fails must fail each time.
  /// - Parameter runs: one or more.
  public init(of runs: [CutVerdict]) {
    let found = runs.filter(\.isFound)
    if found.isEmpty {
      self = runs.contains(.same) ? .same : .unproven
    } else {
      self = found.count == runs.count ? found[0] : .unstable
    }
  }
}
