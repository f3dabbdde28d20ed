import SystemPackage
import Traffic

/// Why a recording cannot be made or read, in a sentence for its user.
public struct RecordingFailure: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ path: String, _ sentence: String) { description = "\(path): \(sentence)" }

  /// One recording is written at a time.
  public static func busy(_ path: String, with other: String) -> RecordingFailure {
    RecordingFailure(path, "\(other) is being recorded; `record stop` ends that")
  }

  init(_ path: String, _ errno: Errno) { self.init(path, errno.phrase) }
}
