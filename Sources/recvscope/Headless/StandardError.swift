import Glibc
import Traffic

/// Messages for people, on standard error.
enum StandardError {
  static func write(_ text: String) {
    let bytes = Array(text.utf8)
    var done = 0
    while done < bytes.count {
      let count = bytes.withUnsafeBytes {
        Glibc.write(STDERR_FILENO, $0.baseAddress! + done, bytes.count - done)
      }
      if count <= 0 { return }
      done += count
    }
  }

  /// Writes a message with the program's name before it, and passes on an exit status.
  static func say(_ message: String, status: Int32) -> Int32 {
    let lines = message.split(separator: "\n", omittingEmptySubsequences: false).map { SafeText.string($0) }
    write("recvscope: \(lines.joined(separator: "\n"))\n")
    return status
  }
}
