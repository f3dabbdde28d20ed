/// What a file may make us believe at most: it may come from anybody.
enum RecordingLimits {
  /// Numbers of sockets.
  static let sockets: UInt32 = 1 << 26
  /// Sequence numbers, ranks, positions.
  static let numbers: Int64 = 1 << 60
}
