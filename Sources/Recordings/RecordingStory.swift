import Traffic

/// What is told of a recording before anything else.
public struct RecordingStory {
  private let recording: Recording

  public init(_ recording: Recording) { self.recording = recording }

  /// What is missing in it, a sentence each; empty if it is whole.
  public var missing: [String] {
    var sentences: [String] = []
    if recording.isBeingWritten {
      sentences.append("\(recording.path): it is being recorded; this is what it has now")
    } else if recording.ended == nil {
      sentences.append(
        "\(recording.path): it was cut off: recvscope did not end it. What came in the last tenth of a second may be missing"
      )
    }
    for cause in RecordingLoss.Cause.allCases {
      let losses = recording.losses.filter { $0.cause == cause }
      if losses.isEmpty { continue }
      let records = losses.map(\.count).filter { (0..<1 << 60).contains($0) }.reduce(0, &+)
      let bytes = losses.map(\.bytes).filter { (0..<1 << 60).contains($0) }.reduce(0, &+)
      sentences.append("\(recording.path): \(Self.sentence(cause, records, bytes, losses))")
    }
    return sentences
  }

  private static func sentence(
    _ cause: RecordingLoss.Cause, _ count: Int, _ bytes: Int64, _ losses: [RecordingLoss]
  ) -> String {
    let records = "\(Units.count(count)) record\(count == 1 ? "" : "s")"
    let places =
      losses.count == 1
      ? "from #\(losses[0].first) on" : "in \(Units.count(losses.count)) places from #\(losses[0].first) on"
    return switch cause {
    case .evicted: "the first \(records) had gone from memory before the recording began"
    case .unwritten: "\(records) \(places) went from memory before they could be written"
    case .failed: "\(records) \(places) are missing: the disk did not take them"
    case .payload: "of \(records) \(places) the bytes had gone from memory (\(Units.size(bytes)))"
    }
  }
}
