import Traffic

/// How far trials are, and what they came to so far.
public struct TrialsNews: Sendable {
  public let request: TrialsRequest
  /// What was played.
  public let title: String
  public var tally: Tally
  public var sweep: Sweep
  /// The runs that can be shown, by their numbers from 1.
  public var kept: Set<Int> = []
  /// There are no further runs.
  public var isOver = false
  /// Why they came to an end before all were there.
  public var failure: String?

  /// - Parameter memory: bytes for outcomes; what finds no room is not told apart.
  public init(_ request: TrialsRequest, title: String, memory: Int = 1 << 20) {
    (self.request, self.title) = (request, title)
    tally = Tally(limit: memory)
    sweep = Sweep(sizes: request.sizes)
  }

  public var isSweep: Bool { !request.sizes.isEmpty }
  /// Runs so far.
  public var done: Int { isSweep ? sweep.runs : tally.runs }

  /// Counts a run.
  /// - Returns: true if it gave something that had not come before.
  public mutating func add(_ result: TrialResult) -> Bool {
    // The sizes take turns: what else the machine does meanwhile is shared by all.
    isSweep ? sweep.add(result, at: done % request.sizes.count) : tally.add(result)
  }
}
