import Recordings
import Sockets
import Traffic

/// A file that a run was kept in.
enum RecordedFile {
  /// Of the journal behind which it lies.
  private static let memory = 4 << 20

  /// The run in it; nil if its first bytes are not those of a recording.
  static func journal(_ path: String) throws -> Journal? {
    Recording.isRecording(path) ? try opened(path) : nil
  }

  /// - Throws: `RecordingFailure`
  static func opened(_ path: String) throws -> Journal {
    try Recording(opening: path).journal(limit: memory)
  }
}
