/// What a segment is besides its numbers, as Wireshark's analysis names it.
public struct SegmentMarks: OptionSet, Hashable, Sendable {
  public let rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Some of its bytes, or its SYN or FIN, were on the wire before.
  public static let retransmission = SegmentMarks(rawValue: 1 << 0)
  /// Its bytes come after later ones, and were not seen before.
  public static let outOfOrder = SegmentMarks(rawValue: 1 << 1)
  /// Bytes before it were never captured.
  public static let previousNotCaptured = SegmentMarks(rawValue: 1 << 2)
  /// Its sender takes no more bytes.
  public static let zeroWindow = SegmentMarks(rawValue: 1 << 3)
  /// One byte that asks whether the window has opened.
  public static let zeroWindowProbe = SegmentMarks(rawValue: 1 << 4)
  /// It acknowledges nothing new, and tells another window.
  public static let windowUpdate = SegmentMarks(rawValue: 1 << 5)
  /// A segment that says an old sequence number, so that the peer answers.
  public static let keepAlive = SegmentMarks(rawValue: 1 << 6)
  public static let keepAliveACK = SegmentMarks(rawValue: 1 << 7)
  /// It acknowledges again what was acknowledged, while later bytes are under way.
  public static let duplicateACK = SegmentMarks(rawValue: 1 << 8)
  /// Part of a packet that was cut on its way.
  public static let fragment = SegmentMarks(rawValue: 1 << 9)

  /// In the order of the bits; the JSON's `marks`.
  public static let words = [
    "retransmission", "out-of-order", "previous-not-captured", "zero-window", "zero-window-probe",
    "window-update", "keep-alive", "keep-alive-ack", "duplicate-ack", "fragment",
  ]

  public var names: [String] {
    Self.words.enumerated().filter { rawValue >> UInt16($0.offset) & 1 == 1 }.map(\.element)
  }
}
