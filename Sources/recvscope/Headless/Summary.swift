import Sockets
import Traffic

/// The one line at the end of a quiet run.
struct Summary {
  let text: String

  init(_ run: Run) {
    let totals = run.journal.totals
    let calls = totals.reduce(0) { $0 + $1.receives + $1.sends }
    let received = totals.reduce(0) { $0 + $1.receivedBytes }
    let sent = totals.reduce(0) { $0 + $1.sentBytes }
    let extent = run.journal.extent
    text =
      "\(calls) calls, \(received) bytes received, \(sent) bytes sent, \(Units.duration(run.clock.now)), "
      + "evicted \(extent.records.lowerBound) records and \(extent.evictedBytes) bytes\n"
  }
}
