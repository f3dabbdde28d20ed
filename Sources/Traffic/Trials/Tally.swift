/// How often each outcome came.
public struct Tally: Sendable {
  public struct Row: Sendable, Hashable {
    public var results: CallResults
    public var count: Int
    /// The run that had it first, from 1.
    public var first: Int
  }

  private let limit: Int
  /// By socket, then by what its calls returned.
  private var counts: [String: [CallResults: Row]] = [:]
  private var others: [String: Int] = [:]
  private var memory = 0
  public private(set) var runs = 0

  /// - Parameter limit: bytes for outcomes, about; once it is reached new ones are no longer told apart.
  public init(limit: Int = .max) { self.limit = limit }

  /// - Returns: true if there was something that had not come before, and is told apart.
  @discardableResult
  public mutating func add(_ trial: TrialResult) -> Bool {
    runs += 1
    var isNew = false
    for outcome in trial.outcomes {
      let (socket, results) = (outcome.socket, outcome.results)
      if counts[socket]?[results] != nil {
        counts[socket]?[results]?.count += 1
      } else if memory + results.memory + MemoryLayout<Row>.stride > limit {
        others[socket, default: 0] += 1
      } else {
        memory += results.memory + MemoryLayout<Row>.stride
        counts[socket, default: [:]][results] = Row(results: results, count: 1, first: runs)
        isNew = true
      }
    }
    return isNew
  }

  /// A share of all runs: `92.7 %`.
  public func percent(_ count: Int) -> String {
    let tenths = Int(Double(count) / Double(max(1, runs)) * 1000 + 0.5)
    return "\(tenths / 10).\(tenths % 10) %"
  }

  /// The sockets' names in order.
  public var sockets: [String] { Set(counts.keys).union(others.keys).sorted() }

  /// Runs whose outcome on a socket is not told apart.
  public func others(_ socket: String) -> Int { others[socket] ?? 0 }

  /// What the calls on a socket returned and how often, the most frequent first.
  public func ranked(_ socket: String) -> [Row] {
    (counts[socket] ?? [:]).values.map { (row: $0, text: $0.results.text) }
      .sorted { ($1.row.count, $0.text) < ($0.row.count, $1.text) }.map(\.row)
  }

  /// The same, in the order in which they came first.
  public func inOrder(_ socket: String) -> [Row] {
    (counts[socket] ?? [:]).values.sorted { $0.first < $1.first }
  }
}
