import ArgumentParser
import Recordings
import Traffic

/// A recording that a command reads.
struct OpenedRecording {
  private static let memory = 8 << 20

  let path: String
  let recording: Recording
  let journal: Journal

  /// - Throws: `ExitCode` 2, the reason said.
  init(_ path: String) throws(ExitCode) {
    self.path = path
    do {
      recording = try Recording(opening: path)
      journal = try recording.journal(limit: Self.memory)
    } catch {
      throw ExitCode(StandardError.say(SafeText.string(error.description), status: 2))
    }
  }

  /// What is missing in it, a sentence each.
  var missing: [String] { RecordingStory(recording).missing }

  /// What it is, in a line.
  var line: String {
    let summary = journal.summary
    let calls = "\(Units.count(summary.receives)) recv call\(summary.receives == 1 ? "" : "s")"
    return
      "\(SafeText.string(path))  \(String { $0.append(wall: recording.wall) }.prefix(19))Z, \(calls) in "
      + Units.duration(summary.latest)
  }
}
