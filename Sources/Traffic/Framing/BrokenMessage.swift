/// What is wrong with a message.
public enum BrokenMessage: String, Sendable, CaseIterable {
  /// It began before the framing did, or before what is known.
  case midStream = "mid-stream"
  /// Some of its bytes are no longer held.
  case evicted
  /// It is longer than what is taken.
  case tooLong = "too-long"
  /// The stream ended in it.
  case cut
  /// It is none that the framing knows, or none can be found in what follows.
  case bad
}
