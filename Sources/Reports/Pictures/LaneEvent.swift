import SystemPackage
import Traffic

/// Something that stands in a lane.
struct LaneEvent {
  enum Look: String {
    case sent, received, segment, again, end
  }

  var sequence: Int
  var time: Nanoseconds
  /// A recv waited from then on.
  var waitedFrom: Nanoseconds?
  var label: String
  /// What is said of it in full.
  var title: String
  var look: Look
  /// Its bytes in the stream; empty if it moved none.
  var bytes: Range<Int64>

  /// Nil for what is not drawn: calls that found nothing, waits, notes.
  init?(_ record: Record, _ sequence: Int, _ track: LaneTrack.Kind) {
    self.sequence = sequence
    time = record.kind == .send ? record.start : record.end
    bytes = record.offset..<record.offset
    title = String { $0.append(callOf: record) }
    switch (record.kind, track) {
    case (.recv, .chunks):
      waitedFrom = record.start
      if record.streamBytes > 0 || record.conditions.contains(.datagram) && record.result >= 0 {
        (label, look) = ("\(record.result)", .received)
        if record.streamBytes > 0 { bytes = record.offset..<record.offset + Int64(record.streamBytes) }
      } else if record.endsReceiving {
        (label, look) = (
          record.errno == nil ? "end" : record.errno == .connectionReset ? "reset" : "failed", .end
        )
      } else {
        return nil
      }
    case (.send, .sends):
      if let errno = record.errno {
        if errno.isPassing { return nil }
        (label, look) = (errno.name, .end)
      } else {
        (label, look) = ("\(record.result)", .sent)
        bytes = record.offset..<record.offset + Int64(record.streamBytes)
      }
    case (.shutdown, .sends) where record.result >= 0 && record.how != .read:
      (label, look, title) = ("shutdown", .end, "shutdown()")
    case (.close, .sends):
      let isReset = record.how == .reset
      (label, look, title) = (
        isReset ? "close, RST" : "close", .end, isReset ? "close() with a reset" : "close()"
      )
    case (.segment, .segments(let way)):
      guard record.wireWay == way, let segment = record.segment else { return nil }
      let word =
        segment.length > 0
        ? "\(segment.length)"
        : segment.flags.contains(.rst)
          ? "RST"
          : segment.flags.contains(.syn)
            ? "SYN"
            : segment.flags.contains(.fin) ? "FIN" : "ACK"
      (label, look) = (word, segment.marks.contains(.retransmission) ? .again : .segment)
      title = RecordLine(record, payload: nil, .whole).text { _ in nil }
      if let offset = segment.offset { bytes = offset..<offset + Int64(segment.length) }
    default: return nil
    }
  }

  /// Pixels that it takes with its label.
  var width: Double { max(LaneMetrics.least, LaneMetrics.width(of: label) + 12) }
}
