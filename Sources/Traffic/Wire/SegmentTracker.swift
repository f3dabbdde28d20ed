/// What the segments of one connection mean, told from those before them, both ways.
///
/// Sequence numbers count on beyond 4 GiB, where those of the header begin anew.
public struct SegmentTracker: Sendable {
  /// Who sends: one end of the connection or the other.
  public enum End: Int, Sendable {
    case one, other
  }

  /// What one end has sent.
  private struct Side {
    /// Its initial sequence number; nil for a connection that is older than the capture.
    var first: Int64?
    /// Behind the last number that it used.
    var next: Int64?
    var seen = SeenBytes()
    /// Its SYN was seen, and which scale it offered in it.
    var hasSYN = false
    var scale: UInt8?
    var lastACK: Int64?
    var lastWindow: UInt16?
    var wasKeepAlive = false

    /// The number nearest to where it is that the header can mean.
    mutating func unwrap(_ number: UInt32) -> Int64 {
      guard let next else {
        next = Int64(number)
        return Int64(number)
      }
      return next + Int64(Int32(bitPattern: number &- UInt32(truncatingIfNeeded: next)))
    }
  }

  private var one = Side()
  private var other = Side()

  public init() {}

  /// True if a segment opens another connection between the same two ends: the one that is followed is over.
  public func isAnother(_ header: SegmentHeader, from end: End) -> Bool {
    let side = end == .one ? one : other
    guard header.flags.contains(.syn), let first = side.first else { return false }
    return UInt32(truncatingIfNeeded: first) != header.sequence
  }

  /// A datagram, or a part of one, which has no other before it.
  public static func datagram(_ header: SegmentHeader) -> Segment {
    Segment(length: header.length, marks: header.fragment == nil ? [] : .fragment, isDatagram: true)
  }

  /// Takes the next segment that passed.
  public mutating func take(_ header: SegmentHeader, from end: End) -> Segment {
    var (own, peer) = end == .one ? (one, other) : (other, one)
    let isReset = header.flags.contains(.rst)
    // A connection that is refused is so with sequence number 0, which is no ISN.
    let sequence = isReset && own.next == nil ? nil : own.unwrap(header.sequence)
    let acknowledged = header.flags.contains(.ack) ? peer.unwrap(header.acknowledgement) : nil
    if header.flags.contains(.syn) {
      own.first = own.first ?? sequence
      own.hasSYN = true
      own.scale = header.options.windowScale
      if let acknowledged { peer.first = peer.first ?? acknowledged - 1 }
    }
    var segment = Segment(
      sequence: sequence.flatMap { number in own.first.map { number - $0 } },
      acknowledgement: acknowledged.flatMap { number in peer.first.map { number - $0 } },
      length: header.length, flags: header.flags, window: Self.window(header, own, peer),
      marks: header.fragment == nil ? [] : .fragment)
    if header.flags.isDisjoint(with: [.syn, .fin, .rst]), let sequence {
      segment.marks.formUnion(Self.marks(header, sequence, acknowledged, own, peer))
    }
    own.wasKeepAlive = segment.marks.contains(.keepAlive)
    if !isReset {
      if let sequence { Self.note(header, sequence, &own, &segment.marks) }
      own.lastACK = acknowledged ?? own.lastACK
      own.lastWindow = header.window
    }
    (one, other) = end == .one ? (own, peer) : (peer, own)
    return segment
  }

  /// The window in bytes; that of a SYN is never scaled. See RFC 7323, section 2.2.
  private static func window(_ header: SegmentHeader, _ own: Side, _ peer: Side) -> Int64? {
    if header.flags.contains(.syn) || header.window == 0 { return Int64(header.window) }
    guard own.hasSYN, peer.hasSYN else { return nil }
    // Both have to offer a scale for either to be used.
    let shift = peer.scale == nil ? 0 : own.scale ?? 0
    return Int64(header.window) << Int64(shift)
  }

  /// What a segment is that neither opens, ends nor resets.
  private static func marks(
    _ header: SegmentHeader, _ sequence: Int64, _ acknowledged: Int64?, _ own: Side, _ peer: Side
  ) -> SegmentMarks {
    var marks: SegmentMarks = header.window == 0 ? .zeroWindow : []
    guard let next = own.next, header.length <= 1 else { return marks }
    let isOld = sequence == next - 1
    // Linux asks with the last number again and no byte, others with the next byte.
    if peer.lastWindow == 0, isOld || (header.length == 1 && sequence == next) {
      marks.insert(.zeroWindowProbe)
    } else if isOld, own.lastACK != nil {
      marks.insert(.keepAlive)
    }
    guard header.length == 0, sequence == next, header.window != 0, let acknowledged,
      acknowledged == own.lastACK, let lastWindow = own.lastWindow
    else { return marks }
    if header.window != lastWindow {
      marks.insert(.windowUpdate)
    } else if peer.wasKeepAlive {
      marks.insert(.keepAliveACK)
    } else if let sent = peer.next, sent > acknowledged {
      marks.insert(.duplicateACK)
    }
    return marks
  }

  /// Follows the numbers that a segment takes: one for each byte, for SYN and for FIN.
  private static func note(
    _ header: SegmentHeader, _ sequence: Int64, _ own: inout Side, _ marks: inout SegmentMarks
  ) {
    let taken =
      Int64(header.length) + (header.flags.contains(.syn) ? 1 : 0) + (header.flags.contains(.fin) ? 1 : 0)
    let asksAgain = !marks.isDisjoint(with: [.keepAlive, .zeroWindowProbe])
    if taken > 0, !(asksAgain && sequence + taken <= own.next ?? 0) {
      switch own.seen.see(sequence..<sequence + taken) {
      case .next: break
      case .again: marks.insert(.retransmission)
      case .earlier: marks.insert(.outOfOrder)
      case .afterGap: marks.insert(.previousNotCaptured)
      }
    }
    own.next = max(own.next ?? sequence, sequence + taken)
  }
}
