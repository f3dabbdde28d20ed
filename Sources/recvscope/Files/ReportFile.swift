import ArgumentParser
import Glibc

/// A file for what a run comes to. It is opened before the run, so that a wrong path is told at once, and is the user's alone, as it holds
/// traffic.
struct ReportFile {
  private let path: String
  private let isNew: Bool

  init(_ path: String) throws {
    self.path = path
    isNew = access(path, F_OK) != 0
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    close(descriptor)
  }

  /// Puts a text in the place of what it has; without one a file that is new is removed again.
  func write(_ text: String) throws {
    if text.isEmpty {
      if isNew { unlink(path) }
      return
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    defer { close(descriptor) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Self.failure(path) }
      rest = rest.dropFirst(count)
    }
  }

  private static func failure(_ path: String) -> ExitCode {
    ExitCode(StandardError.say("\(path): \(String(cString: strerror(errno)))", status: 2))
  }
}
