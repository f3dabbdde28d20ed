import Glibc
import Labs
import Screens
import Traffic

/// The file that a command writes: what is told when it is there.
struct WrittenFile {
  private let path: String
  /// Sequence number behind the last record of the run, if it is a recording.
  private let end: Int?

  /// - Returns: nil of a command that writes none.
  init?(of command: Command, in run: WorkbenchRun) {
    let end = run.journal.extent.records.upperBound
    if case .save(let path) = command {
      (self.path, self.end) = (path, end)
    } else if case .export(_, let path) = command {
      (self.path, self.end) = (path, nil)
    } else if case .endRecording = command, let sign = run.recording() {
      (self.path, self.end) = (sign.path, end)
    } else {
      return nil
    }
  }

  var message: Message {
    var status = stat()
    let size = stat(HomePath.expanded(path), &status) == 0 ? ": \(Units.size(Int64(status.st_size)))" : ""
    return .written("wrote \(SafeText.string(path))\(size)", kept: end)
  }
}
