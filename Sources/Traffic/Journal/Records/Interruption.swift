/// Why recvscope itself ended a blocked call.
public enum Interruption: UInt8, CaseIterable, Sendable {
  case close = 1, set, pause, shutdown

  /// The condition of a record that says so.
  public var condition: Conditions {
    switch self {
    case .close: .interruptedToClose
    case .set: .interruptedToSet
    case .pause: .interruptedToPause
    case .shutdown: .interruptedToShutDown
    }
  }

  /// Nil if it was not recvscope.
  public init?(_ conditions: Conditions) {
    guard let own = Self.allCases.first(where: { conditions.contains($0.condition) }) else { return nil }
    self = own
  }

  /// One word for a row, and for the JSON.
  public var word: String { "\(self)" }

  /// What follows "to" in a sentence.
  var purpose: String {
    switch self {
    case .close: "close the socket"
    case .set: "change how it receives (set)"
    case .pause: "pause"
    case .shutdown: "end receiving (shutdown)"
    }
  }
}
