/// Records that are not in a recording, and why.
public struct RecordingLoss: Sendable, Equatable {
  public enum Cause: String, Sendable, CaseIterable {
    /// They had gone from memory before the recording began.
    case evicted
    /// They went from memory before they were written.
    case unwritten
    /// The disk did not take them.
    case failed
    /// The payloads alone had gone.
    case payload
  }

  /// Sequence number of the first one.
  public var first: Int
  public var count: Int
  /// Payload bytes.
  public var bytes: Int64
  public var cause: Cause
}
