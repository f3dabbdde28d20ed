/// What one run of a lab came to, on the sockets that are counted.
public struct TrialResult: Sendable {
  /// What recv returned on one socket.
  public struct Outcome: Sendable, Hashable {
    public var socket: String
    public var results: CallResults

    public init(socket: String, results: CallResults) { (self.socket, self.results) = (socket, results) }
  }

  /// How much one socket received, and how fast.
  public struct Rate: Sendable, Hashable {
    public var calls: Int
    public var bytes: Int64
    /// From the first call, or the arrival of what it waited for, to the return of the last one that got data.
    public var time: Nanoseconds

    public init(calls: Int, bytes: Int64, time: Nanoseconds) {
      (self.calls, self.bytes, self.time) = (calls, bytes, time)
    }

    public var callsPerSecond: Double { perSecond(Double(calls)) }
    public var bytesPerSecond: Double { perSecond(Double(bytes)) }

    private func perSecond(_ amount: Double) -> Double { amount / Double(max(1, time)) * 1e9 }

    static func + (one: Rate, other: Rate) -> Rate {
      Rate(calls: one.calls + other.calls, bytes: one.bytes + other.bytes, time: one.time + other.time)
    }
  }

  public var outcomes: [Outcome] = []
  public var rates: [String: Rate] = [:]

  public init() {}

  /// Looks at what a run's journal has of some sockets.
  /// - Parameter sockets: their names, in which `*` stands for any part; those that the run did not have are left out.
  public init(_ journal: Journal, sockets: [String]) {
    let globs = sockets.map { Glob($0) }
    for id in journal.sockets {
      guard let name = journal.socket(id)?.info.name, globs.contains(where: { $0.holds(name) }) else {
        continue
      }
      let calls = journal.records(of: id, in: journal.ranks(of: id)).map(\.record).filter { $0.kind == .recv }
      var results = CallResults()
      for call in calls { results.add(Int(call.result)) }
      outcomes.append(Outcome(socket: name, results: results))
      guard let totals = journal.socket(id)?.totals else { continue }
      // Waiting for the first byte and for the end of stream says nothing about the size of recv.
      let data = calls.filter { $0.result > 0 }
      let first = data.first.map { max($0.start, $0.arrived ?? $0.start) } ?? 0
      let time = max(0, (data.last?.end ?? 0) - first)
      rates[name] = Rate(calls: totals.receives, bytes: totals.receivedBytes, time: time)
    }
  }
}

extension Lab {
  /// The sockets that are looked at when it is played many times: those that it has an `expect` for, and of a lesson without one
  /// those that a `reveal` looks at.
  public var countedSockets: [String] {
    func names(_ name: (Command) -> String?) -> [String] {
      lines.reduce(into: []) { names, line in
        if let name = name(line.command), !names.contains(name) { names.append(name) }
      }
    }
    let expected = names { if case .expect(let name, _) = $0 { name } else { nil } }
    return expected.isEmpty
      ? names { if case .reveal(let reveal) = $0 { reveal.name } else { nil } } : expected
  }
}
