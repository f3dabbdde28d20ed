/// What a file may make us believe at most: it may come from anybody.
enum RecordingLimits {
  /// Numbers of sockets.
  static let sockets: UInt32 = 1 << 26
  /// Sequence numbers, ranks, positions.
  static let numbers: Int64 = 1 << 60
  /// Times of a run, both ways.
  static let times: ClosedRange<Int64> = -(1 << 61)...1 << 61
  /// Bytes of a text, or of anything but a block.
  static let cell = 16 << 20
}
