import SystemPackage

/// How far a replay got: what was not sent, and what failed.
public struct ReplayCourse: Sendable, Equatable {
  private static let step = 128

  /// What it was to send.
  public let sends: Int
  public let bytes: Int64
  /// What of that was not sent.
  public private(set) var unsentSends = 0
  public private(set) var unsentBytes: Int64 = 0
  /// What ended it, or the newest call that failed; nil if the recorded socket failed too, or none did.
  public private(set) var errno: Errno?

  /// True if everything was sent, and nothing failed that did not then.
  public var isWhole: Bool { unsentSends == 0 && unsentBytes == 0 && errno == nil }

  /// - Parameters:
  ///   - socket: the connection that it was played on.
  ///   - journal: of the run in which it was.
  public init(_ replay: Replay, _ socket: SocketID, _ journal: Journal) {
    (sends, bytes) = (replay.measure.sends, replay.measure.bytes)
    let now = Calls(socket, journal)
    if let report = now.report {
      (unsentSends, unsentBytes) = (report.unsentSends ?? 0, report.unsentBytes ?? 0)
    }
    let then = Calls(replay.answers.socket, replay.answers.journal)
    if unsentSends > 0 || unsentBytes > 0 || then.failure == nil && !then.isReset { errno = now.failure }
  }

  /// What the calls of a socket came to.
  private struct Calls {
    var report: BurstReport?
    var failure: Errno?
    var isReset = false

    init(_ socket: SocketID, _ journal: Journal) {
      let ranks = journal.ranks(of: socket)
      for rank in stride(from: ranks.lowerBound, to: ranks.upperBound, by: ReplayCourse.step) {
        let end = min(rank + ReplayCourse.step, ranks.upperBound)
        for (_, record) in journal.records(of: socket, in: rank..<end) { follow(record, journal) }
      }
    }

    private mutating func follow(_ record: Record, _ journal: Journal) {
      switch record.kind {
      case .send, .recv: if let errno = record.errno, !errno.isPassing { failure = errno }
      case .burst:
        report = journal.payload(of: record).flatMap { BurstReport(payload: $0) }
        if let errno = record.errno { failure = errno }
      case .close: isReset = record.how == .reset
      case .start, .listen, .accept, .connect, .wait, .shutdown, .option, .mark, .expect, .hold, .release,
        .drop, .call, .startProgram, .output, .signal, .unseen, .lost, .exitProgram, .shake, .cut, .segment,
        .ask, .answer, .reveal:
        break
      }
    }
  }
}
