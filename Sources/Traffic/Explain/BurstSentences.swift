import SystemPackage

/// What a burst's report says, in one line and in sentences.
struct BurstSentences {
  private let record: Record
  private let report: BurstReport?

  init(_ record: Record, payload: some Collection<UInt8>) {
    self.record = record
    report = BurstReport(payload: payload)
  }

  private var name: String { "burst \(record.burst ?? 0)" }

  /// `burst 1: 2 sends, 55 B in 100 ms, late p50 412 ns, p99 2.1 µs, max 2.1 µs`
  var line: String {
    guard let report else { return "\(name): its report is no longer held" }
    var parts = [
      "\(Self.sends(report.sends)), \(Units.size(report.bytes)) in \(Units.duration(record.waited))"
    ]
    parts += [lateness(report), rest(report), tolerance(report)].compactMap { $0 }
    if report.paused > 0 { parts.append("paused for \(Units.duration(report.paused))") }
    return "\(name)\(ending(report)): \(parts.joined(separator: ", "))"
  }

  var explanation: Explanation {
    guard let report else {
      return Explanation("A burst was over. Its report was dropped for want of memory.", page: nil)
    }
    let payloads = report.sends == 1 ? "1 payload" : "\(Units.count(report.sends)) payloads"
    let numbers =
      report.bytes == 0 && report.sends == 0
      ? "The kernel took nothing of it."
      : "The kernel took \(payloads) whole, and \(Explanation.bytes(report.bytes)) in all."
    return Explanation(
      first(report), numbers, rest(report).map { "\($0.prefix(1).uppercased())\($0.dropFirst())." },
      late(report), judged(report), page: report.maximumLate == nil ? nil : "send(2); clock_nanosleep(2)")
  }

  /// How it ended. Capital letters are for what makes the run fail, and for errors that no peer causes: many a lab expects
  /// that a peer ends the connection.
  private func ending(_ report: BurstReport) -> String {
    let isAlarm = BurstCourse(report, record.errno) == .failed
    let words: String? =
      switch report.end {
      case .done: nil
      case .stopped: "stopped"
      case .closed: "not played, the socket was closed"
      case .failed: "ended early by \(record.errno?.phrase ?? "a socket that takes nothing")"
      }
    guard let words else { return isAlarm ? " FAILED" : "" }
    return isAlarm ? " FAILED, \(words)" : " \(words)"
  }

  private func first(_ report: BurstReport) -> String {
    switch report.end {
    case .done: "The burst was played to its end."
    case .stopped: "The burst was stopped before its end. The socket is still open for other sends."
    case .closed: "The socket was closed before the burst began."
    case .failed:
      "The burst ended early: \(record.errno.map { "send() failed with \($0.phrase)" } ?? "its socket takes nothing"). "
        + "The rest of the burst was not tried."
    }
  }

  /// What was not sent; nil if all was.
  private func rest(_ report: BurstReport) -> String? {
    guard report.isIncomplete else { return nil }
    guard let sends = report.unsentSends, let bytes = report.unsentBytes else {
      return "the rest was not sent; its length is not known, as it has macros"
    }
    if sends == 0 { return bytes == 0 ? nil : "\(Units.size(bytes)) not sent" }
    return "\(Self.sends(sends)), \(Units.size(bytes)) not sent"
  }

  private func lateness(_ report: BurstReport) -> String? {
    guard let (median, high, most) = report.lateness else { return nil }
    let sample = report.isSample ? " (percentiles of \(Units.count(report.sampled)) of them)" : ""
    return
      "late p50 \(Units.duration(median)), p99 \(Units.duration(high)), max \(Units.duration(most))\(sample)"
  }

  private func late(_ report: BurstReport) -> String? {
    guard let (median, high, most) = report.lateness else { return nil }
    let sample =
      report.isSample ? " The two are of \(Units.count(report.sampled)) sends, spread evenly." : ""
    return
      "A send is late by the time from its plan to the call of send(): half of them by \(Units.duration(median)) "
      + "or less, 99 of 100 by \(Units.duration(high)) or less, the latest by \(Units.duration(most)).\(sample)"
  }

  private func tolerance(_ report: BurstReport) -> String? {
    guard let tolerance = report.tolerance, let isKept = report.keptTolerance else { return nil }
    return "within \(DurationText.spoken(tolerance)) \(isKept ? "kept" : "not kept")"
  }

  private func judged(_ report: BurstReport) -> String? {
    guard let tolerance = report.tolerance, let isKept = report.keptTolerance else { return nil }
    let asked = "No send was to be later than \(DurationText.spoken(tolerance)) (within)"
    return isKept ? "\(asked), and none was." : "\(asked): that was not kept, and the run fails."
  }

  private static func sends(_ count: Int) -> String { "\(Units.count(count)) send\(count == 1 ? "" : "s")" }
}

extension BurstReport {
  fileprivate var lateness: (median: Nanoseconds, high: Nanoseconds, most: Nanoseconds)? {
    guard let medianLate, let percentile99Late, let maximumLate else { return nil }
    return (medianLate, percentile99Late, maximumLate)
  }

  /// True if more sends were made than the percentiles are of.
  fileprivate var isSample: Bool { sampled < sends }
}

extension Record {
  /// burst: how it went, in one line.
  /// - Parameter payload: of this record.
  public func burstLine(_ payload: some Collection<UInt8>) -> String {
    BurstSentences(self, payload: payload).line
  }
}
