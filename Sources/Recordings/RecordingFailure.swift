import SystemPackage
import Traffic

/// Why a recording cannot be made or read, in a sentence for its user.
public struct RecordingFailure: Error, Sendable, CustomStringConvertible {
  public let description: String

  init(_ path: String, _ sentence: String) { description = "\(path): \(sentence)" }

  init(_ path: String, _ errno: Errno) { self.init(path, errno.phrase) }
}
