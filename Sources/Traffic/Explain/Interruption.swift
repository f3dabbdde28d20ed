/// Why recvscope itself ended a blocked call.
public enum Interruption: CaseIterable, Sendable {
  case close, set, pause

  /// The condition of a record that says so.
  public var condition: Conditions {
    switch self {
    case .close: .interruptedToClose
    case .set: .interruptedToSet
    case .pause: .interruptedToPause
    }
  }

  /// Nil if it was not recvscope.
  init?(_ conditions: Conditions) {
    guard let own = Self.allCases.first(where: { conditions.contains($0.condition) }) else { return nil }
    self = own
  }

  /// One word for a row.
  var word: String { "\(self)" }

  /// What follows "to".
  var purpose: String {
    switch self {
    case .close: "close the socket"
    case .set: "change how it receives (set)"
    case .pause: "pause"
    }
  }
}
