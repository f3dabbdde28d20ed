/// What the wire carried, as it is recorded: a TCP segment, or a datagram or a fragment of one.
public struct Segment: Sendable, Equatable {
  /// From the sender's ISN on, which is 0; nil for a datagram, and where the ISN is unknown: the connection is older than the
  /// capture.
  public var sequence: Int64?
  /// The next byte that its sender waits for, from the peer's ISN on; nil where there is no ACK or that is unknown.
  public var acknowledgement: Int64?
  /// Bytes of payload.
  public var length: Int
  public var flags: TCPFlags
  /// Bytes that its sender still takes; nil for a datagram, and where the scale is unknown.
  public var window: Int64?
  public var marks: SegmentMarks
  public var isDatagram: Bool

  public init(
    sequence: Int64? = nil, acknowledgement: Int64? = nil, length: Int, flags: TCPFlags = [],
    window: Int64? = nil, marks: SegmentMarks = [], isDatagram: Bool = false
  ) {
    self.sequence = sequence
    self.acknowledgement = acknowledgement
    self.length = length
    self.flags = flags
    self.window = window
    self.marks = marks
    self.isDatagram = isDatagram
  }

  /// Where its first byte lies in its direction of the stream; nil where it has none, or the ISN is unknown.
  public var offset: Int64? {
    guard length > 0, let sequence else { return nil }
    // The SYN takes one number: bytes that come along with it (TCP Fast Open) are behind that.
    return flags.contains(.syn) ? sequence : sequence - 1
  }
}
