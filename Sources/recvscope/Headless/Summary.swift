import Sockets
import Traffic

/// The one line at the end of a quiet run.
struct Summary {
  let text: String

  init(_ run: Run) {
    let sums = run.journal.summary
    let extent = run.journal.extent
    text =
      "\(sums.receives + sums.sends) calls, \(sums.receivedBytes) bytes received, \(sums.sentBytes) bytes sent, \(Units.duration(run.clock.now)), "
      + "evicted \(extent.records.lowerBound) records and \(extent.evictedBytes) bytes\n"
  }
}
