/// Statistics in words.
public enum StatisticsWords {
  /// What there was: `7 recv 55 B, 2 send 55 B in 100.1 ms; 549 B/s received`.
  public static func head(_ statistics: TrafficStatistics) -> String {
    let calls = [
      (statistics.receives, "recv", statistics.receivedBytes),
      (statistics.sends, "send", statistics.sentBytes),
    ].filter { $0.0 > 0 }
    if calls.isEmpty { return "no recv() and no send() so far" }
    var text = calls.map { "\(Units.count($0.0)) \($0.1) \(Units.size($0.2))" }.joined(separator: ", ")
    if statistics.span > 0 { text += " in \(Units.duration(statistics.span))" }
    let rates = [
      (statistics.receivedBytes, "received"), (statistics.sentBytes, "sent"),
    ].compactMap { bytes, word in
      bytes > 0 ? statistics.rate(bytes).map { "\(Units.size(Int64($0)))/s \(word)" } : nil
    }
    if !rates.isEmpty { text += "; \(rates.joined(separator: ", "))" }
    if let messages = messages(statistics) { text += "; \(messages)" }
    return text
  }

  /// How many messages, and how many a second; nil where nothing is cut into messages.
  public static func messages(_ statistics: TrafficStatistics) -> String? {
    let count = statistics.receivedMessages + statistics.sentMessages
    if count == 0 { return nil }
    let words = "\(Units.count(count)) message\(count == 1 ? "" : "s")"
    return statistics.rate(Int64(count)).map { "\(words), \(rate($0)) a second" } ?? words
  }

  /// The values of a measure: `p50 10 B  p90 10 B  p99 10 B  max 10 B  of 7; — for 2 of 9`. Nil if there are none.
  public static func line(_ values: TrafficStatistics.Values, _ measure: Measure) -> String? {
    let histogram = values.histogram
    guard histogram.count + values.unknown > 0 else { return nil }
    var parts: [String] = []
    for (word, value) in [
      ("min", histogram.count > 0 ? histogram.least : nil), ("p50", histogram.percentile(50)),
      ("p90", histogram.percentile(90)), ("p99", histogram.percentile(99)),
      ("max", histogram.count > 0 ? histogram.most : nil),
    ] {
      if let value { parts.append("\(word) \(measure.text(value))") }
    }
    parts.append("of \(Units.count(histogram.count))")
    return parts.joined(separator: "  ") + (unknown(values).map { "; \($0)" } ?? "")
  }

  /// How many values nobody knows: `— for 12 of 40`; nil if all are known.
  public static func unknown(_ values: TrafficStatistics.Values) -> String? {
    values.unknown == 0
      ? nil
      : "— for \(Units.count(values.unknown)) of \(Units.count(values.unknown + values.histogram.count))"
  }

  /// Why recv() returned, the most frequent first: `drained 5 (71 %), eof 1 (14 %)`.
  public static func reasons(_ statistics: TrafficStatistics) -> String {
    statistics.shares.map {
      "\($0.reason.rawValue) \(Units.count($0.count)) (\(share($0.count, of: statistics.receives)))"
    }
    .joined(separator: ", ")
  }

  /// `71 %`; what is there is never told as nothing, and what is not all never as all.
  public static func share(_ count: Int, of all: Int) -> String {
    if all == 0 { return "0 %" }
    let percent = Int((Double(count) * 100 / Double(all)).rounded())
    if percent == 0, count > 0 { return "< 1 %" }
    if percent == 100, count < all { return "> 99 %" }
    return "\(percent) %"
  }

  /// A number a second, with a digit behind the point where it is small.
  private static func rate(_ value: Double) -> String {
    if value >= 100 { return Units.count(Int(value.rounded())) }
    let tenths = Int((value * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
