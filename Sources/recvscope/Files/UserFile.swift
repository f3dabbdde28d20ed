import CLinux
import Glibc
import SystemPackage
import Traffic

/// One of the user's own files, which is changed as a whole. What a link points to is changed, not the link.
struct UserFile {
  private static let patience: Nanoseconds = 1_000_000_000

  private let path: String

  init(_ path: String) {
    let target = realpath(path, nil)
    defer { free(target) }
    self.path = target.map { String(cString: $0) } ?? path
  }

  private var folder: String { FilePath(path).removingLastComponent().string }

  /// Runs while no other workbench changes a file of the folder, which is locked; or after a second, if one seems to hang.
  func change<Result>(_ body: (UserFile) -> Result) -> Result {
    makeFolders()
    // The folder's lock, because the file will be another one.
    let lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { if lock >= 0 { close(lock) } }
    let end = cl_monotonic() + Self.patience
    while lock >= 0, flock(lock, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK || errno == EINTR,
      cl_monotonic() < end
    {
      poll(nil, 0, 5)
    }
    return body(self)
  }

  /// Writes it anew, for the user alone: it is the old one or the new one, never a part.
  func replace(by text: String) throws(Errno) {
    // A new file of a name that nobody knows, so that nothing which lies there already is written to.
    let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Errno(rawValue: errno) }
    let failure = write(text, to: file) ?? (rename(name, path) == 0 ? nil : errno)
    guard let failure else { return }
    unlink(name)
    throw Errno(rawValue: failure)
  }

  /// - Returns: the errno, or nil.
  private func write(_ text: String, to file: CInt) -> CInt? {
    defer { close(file) }
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      if count < 0 { return errno }
      rest = rest.dropFirst(count)
    }
    // Before the name is given: after a power cut it could lead to nothing.
    return fsync(file) == 0 ? nil : errno
  }

  private func makeFolders() {
    var path = ""
    for part in folder.split(separator: "/") {
      path += "/\(part)"
      mkdir(path, 0o700)
    }
  }
}
