/// How often each outcome came.
public struct Tally: Sendable {
  /// By socket, then by what its calls returned.
  private var counts: [String: [String: Int]] = [:]
  public private(set) var runs = 0

  public init() {}

  public mutating func add(_ trial: Trial) {
    runs += 1
    for outcome in trial.outcomes { counts[outcome.socket, default: [:]][outcome.results, default: 0] += 1 }
  }

  /// The sockets' names in order.
  public var sockets: [String] { counts.keys.sorted() }

  /// What the calls on a socket returned and how often, the most frequent first.
  public func ranked(_ socket: String) -> [(results: String, count: Int)] {
    (counts[socket] ?? [:]).map { (results: $0.key.isEmpty ? "nothing" : $0.key, count: $0.value) }
      .sorted { ($1.count, $0.results) < ($0.count, $1.results) }
  }
}
