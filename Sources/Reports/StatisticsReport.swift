import Traffic

/// What a `stats` command is answered with.
public struct StatisticsReport: Sendable {
  public let statistics: TrafficStatistics
  /// Of which socket; none for all.
  public let socket: SocketID
  /// The condition that holds for what was counted; nil without one.
  public let condition: String?
  /// It is wanted as JSON wherever it is printed.
  public let isJSON: Bool
  let sequence: Int
  let time: Nanoseconds

  /// - Parameters:
  ///   - record: the note that asks for it; what came before it counts.
  ///   - filter: what counts; all if nil.
  init(
    _ record: Record, _ sequence: Int, payload: ArraySlice<UInt8>?, where filter: Filter?, in journal: Journal
  ) {
    socket = record.socket
    condition = filter?.text
    isJSON = payload.map { $0.elementsEqual("stats --json".utf8) } ?? false
    (self.sequence, time) = (sequence, record.end)
    let scope = StatisticsScope(of: socket == .none ? nil : socket, where: filter, before: sequence)
    statistics = JournalStatistics.all(scope, in: journal)
  }

  // MARK: JSON

  /// One JSON object on a line.
  func writeJSON(_ names: SocketNames, to output: inout ByteBuffer) {
    output.beginObject()
    output.add("event", "stats")
    output.add("seq", sequence)
    output.add("t", time)
    output.add("socket", socket == .none ? nil : names.name(socket))
    output.add("where", condition)
    output.add("first", statistics.first)
    output.add("last", statistics.last)
    output.add("recv_calls", statistics.receives)
    output.add("recv_bytes", statistics.receivedBytes)
    output.add("send_calls", statistics.sends)
    output.add("send_bytes", statistics.sentBytes)
    output.add("messages_received", statistics.receivedMessages)
    output.add("messages_sent", statistics.sentMessages)
    output.begin("whys")
    output.append("{")
    for (reason, count) in statistics.shares { output.add(reason.rawValue, count) }
    output.append("}")
    for measure in Measure.allCases { add(measure, to: &output) }
    addTimeline(to: &output)
    output.endObject()
  }

  private func add(_ measure: Measure, to output: inout ByteBuffer) {
    let values = statistics[measure]
    let histogram = values.histogram
    output.begin(measure.rawValue)
    output.append("{")
    output.add("count", histogram.count)
    output.add("unknown", values.unknown)
    let isEmpty = histogram.count == 0
    output.add("min", isEmpty ? nil : histogram.least)
    output.add("p50", histogram.percentile(50))
    output.add("p90", histogram.percentile(90))
    output.add("p99", histogram.percentile(99))
    output.add("max", isEmpty ? nil : histogram.most)
    output.begin("buckets")
    output.append("[")
    var isFirst = true
    for bucket in histogram.buckets(limit: .max) where bucket.count > 0 {
      if !isFirst { output.append(",") }
      isFirst = false
      output.append("[")
      output.append(number: bucket.values.lowerBound)
      output.append(",")
      output.append(number: bucket.values.upperBound)
      output.append(",")
      output.append(number: bucket.count)
      output.append("]")
    }
    output.append("]}")
  }

  private func addTimeline(to output: inout ByteBuffer) {
    let line = statistics.timeline
    output.begin("timeline")
    output.append("{")
    output.add("start", line.start)
    output.add("width", line.width)
    output.add("received", numbers: line.slots.map { Int($0.received) })
    output.add("sent", numbers: line.slots.map { Int($0.sent) })
    output.add("messages", numbers: line.slots.map(\.messages))
    output.append("}")
  }

  // MARK: Text

  /// Lines of text: what there was, a line for each measure, and why recv() returned.
  func writeText(indent: Int, to output: inout ByteBuffer) {
    func begin(_ word: String, _ output: inout ByteBuffer) {
      output.append(repeating: UInt8(ascii: " "), count: indent)
      output.append(leftIn: 13) { $0.append(text: word) }
    }
    output.append(text: StatisticsWords.head(statistics))
    if let condition { output.append(safe: ", where \(condition)") }
    output.append("\n")
    for measure in Measure.allCases {
      guard let words = StatisticsWords.line(statistics[measure], measure) else { continue }
      begin(measure.words, &output)
      output.append(text: words)
      output.append("\n")
    }
    if !statistics.shares.isEmpty {
      begin("why", &output)
      output.append(text: StatisticsWords.reasons(statistics))
      output.append("\n")
    }
  }
}
