/// What is measured of records and of messages, each as a histogram.
public enum Measure: String, CaseIterable, Sendable {
  /// Bytes that one recv() returned, or one send() took; without those that moved none.
  case receiveSize = "recv_size"
  case sendSize = "send_size"
  /// Time from one recv() or send() that moved bytes to the next one of the same socket.
  case receiveGap = "recv_gap"
  case sendGap = "send_gap"
  /// Time in the call.
  case receiveWait = "recv_wait"
  case sendWait = "send_wait"
  /// Time from the arrival of the newest byte to the return of the recv().
  case dwell
  /// Bytes of a message, and time from its first byte to its last.
  case messageSize = "message_size"
  case messageTime = "message_time"

  public var words: String {
    switch self {
    case .receiveSize: "recv size"
    case .sendSize: "send size"
    case .receiveGap: "recv gap"
    case .sendGap: "send gap"
    case .receiveWait: "recv waited"
    case .sendWait: "send waited"
    case .dwell: "dwell"
    case .messageSize: "message size"
    case .messageTime: "message took"
    }
  }

  /// What it says, in a sentence's place.
  public var meaning: String {
    switch self {
    case .receiveSize: "bytes that a recv() returned"
    case .sendSize: "bytes that a send() took"
    case .receiveGap: "from one recv() with bytes to the next of its socket"
    case .sendGap: "from one send() to the next of its socket"
    case .receiveWait: "time in recv()"
    case .sendWait: "time in send()"
    case .dwell: "from the arrival of the newest byte to the return"
    case .messageSize: "bytes of a message"
    case .messageTime: "from a message's first byte to its last"
    }
  }

  /// A value with its unit.
  public func text(_ value: Int64) -> String {
    isTime ? Units.duration(value) : Units.size(value)
  }

  public var isTime: Bool {
    switch self {
    case .receiveSize, .sendSize, .messageSize: false
    case .receiveGap, .sendGap, .receiveWait, .sendWait, .dwell, .messageTime: true
    }
  }
}
