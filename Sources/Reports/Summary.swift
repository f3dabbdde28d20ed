import Traffic

/// The one line at the end of a quiet run.
public struct Summary {
  public let text: String

  /// - Parameter time: how long the run has taken.
  public init(_ journal: Journal, time: Nanoseconds) {
    let sums = journal.summary
    let extent = journal.extent
    text =
      "\(sums.receives + sums.sends) calls, \(sums.receivedBytes) bytes received, \(sums.sentBytes) bytes sent, "
      + "\(Units.duration(time)), "
      + "evicted \(extent.records.lowerBound) records and \(extent.evictedBytes) bytes\n"
  }
}
