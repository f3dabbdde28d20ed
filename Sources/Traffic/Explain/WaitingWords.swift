extension WaitingCall {
  /// What a row says of it, most important first: rows may be short.
  /// - Parameter since: when it was entered, as the table tells times.
  public func words(since: String) -> String {
    guard let waited else { return "recv(\(asked)) waits since \(since)" }
    var words = "waits \(Units.duration(waited)), \(obstacle?.words ?? "nothing is known of why")"
    if let taken { words += ": \(Units.count(taken)) of \(Units.count(asked)) taken" }
    return words
  }
}

extension WaitingCall.Obstacle {
  fileprivate var words: String {
    switch self {
    case .window: "peer's window full"
    case .congestion: "congestion window full"
    case .acknowledgement: "send buffer full, not acknowledged"
    case .buffer: "buffer full"
    }
  }
}
