import Traffic

/// A column of the table of records.
public enum Column: String, CaseIterable, Sendable {
  case call, socket, time, delta
  case sinceSend = "since-send"
  case waited, asked, got, left
  case segments = "segs"
  case start, arrived, dwell, planned, late, burst, from, lost, offset, flags
  case why
  case data

  /// What is shown where nobody chose.
  static let standard: [Column] = [
    .call, .socket, .time, .delta, .waited, .asked, .got, .left, .segments, .why, .data,
  ]

  /// What stands above it.
  func title(_ mode: TimeMode) -> String {
    switch self {
    case .call: "call"
    case .socket: "socket"
    case .time:
      switch mode {
      case .start: "time"
      case .wall: "time of day"
      case .previous: "since prev"
      case .mark: "since mark"
      }
    case .delta: "Δ"
    case .sinceSend: "Δ send"
    case .waited: "waited"
    case .asked: "asked"
    case .got: "got"
    case .left: "left"
    case .segments: "segs"
    case .start: "entered"
    case .arrived: "arrived"
    case .dwell: "dwell"
    case .planned: "planned"
    case .late: "late"
    case .burst: "burst"
    case .from: "from, to"
    case .lost: "lost"
    case .offset: "offset"
    case .flags: "flags"
    case .why: "why"
    case .data: "data"
    }
  }

  var isRight: Bool {
    switch self {
    case .time, .delta, .sinceSend, .waited, .asked, .got, .left, .segments, .start, .arrived, .dwell,
      .planned, .late, .lost, .offset:
      true
    case .call, .socket, .burst, .from, .flags, .why, .data: false
    }
  }

  /// What it shows, for the picker.
  var sentence: String {
    switch self {
    case .call: "the call, and its number on this socket"
    case .socket: "whose call it was"
    case .time: "when the call returned"
    case .delta: "since the row above"
    case .sinceSend:
      "since the newest send() before: the peer's, or the socket's own if the peer is elsewhere"
    case .waited: "time spent in the call"
    case .asked: "bytes asked for"
    case .got: "what the call returned"
    case .left: "bytes left in the receive queue after it"
    case .segments: "TCP segments that arrived since the call before"
    case .start: "when the call was entered"
    case .arrived: "when the newest byte of the chunk arrived"
    case .planned: "when the burst wanted the send()"
    case .late: "from the plan to the call of send()"
    case .burst: "number of the burst, and of the send in it"
    case .from: "whom a datagram came from or went to"
    case .lost: "bytes of a datagram that did not fit"
    case .dwell: "from the arrival of the newest byte to the return"
    case .offset: "place of its first byte in the stream"
    case .flags: "flags of the call"
    case .why: "why the call returned"
    case .data: "the first bytes"
    }
  }
}
