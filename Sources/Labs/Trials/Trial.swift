import Sockets
import Traffic

/// One run of a lab: what its `expect`ed sockets received, call by call.
public struct Trial: Sendable {
  /// What recv returned on one socket, in one run.
  public struct Outcome: Sendable, Hashable {
    public var socket: String
    /// `5 10 10 10 10 10 0`
    public var results: String
  }

  /// How much one socket received, and how fast.
  public struct Rate: Sendable {
    public var calls: Int
    public var bytes: Int64
    /// From the first call, or the arrival of what it waited for, to the return of the last one that got data.
    public var time: Nanoseconds

    /// So much each second of that time.
    public func perSecond(_ amount: Double) -> Double { amount / Double(max(1, time)) * 1e9 }
  }

  public var outcomes: [Outcome] = []
  public var rates: [String: Rate] = [:]
  public var failure: LabOutcome.Failure?

  /// Runs a lab from its first line to its last, closes everything, and looks at what was received.
  /// - Parameter speed: how many times as fast bursts are played.
  public init(_ lab: Lab, sockets: [String], speed: Double) {
    let manager = SessionManager(Run(memory: 64 << 20, speed: speed))
    let runner = LabRunner(manager)
    failure = runner.play(lab) { _ in }.failure
    if failure == nil, case .failure(let found) = runner.finish() {
      failure = LabOutcome.Failure(line: nil, failure: found)
    }
    runner.endWire()
    let journal = manager.run.journal
    for name in sockets {
      guard let id = journal.socket(named: name) else { continue }
      let calls = journal.records(of: id, in: journal.ranks(of: id)).map(\.record).filter { $0.kind == .recv }
      let results = calls.map { call in call.errno.map(\.name) ?? "\(call.result)" }
      outcomes.append(Outcome(socket: name, results: results.joined(separator: " ")))
      guard let totals = journal.socket(id)?.totals else { continue }
      // Waiting for the first byte and for the end of stream says nothing about the size of recv.
      let data = calls.filter { $0.result > 0 }
      let first = data.first.map { max($0.start, $0.arrived ?? $0.start) } ?? 0
      let time = max(0, (data.last?.end ?? 0) - first)
      rates[name] = Rate(calls: totals.receives, bytes: totals.receivedBytes, time: time)
    }
    manager.end()
  }
}
