import Glibc
import SystemPackage

/// Which file a path leads to.
struct FileIdentity: Equatable {
  private var device: dev_t
  private var inode: ino_t

  /// Nil if there is none.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, inode) = (status.st_dev, status.st_ino)
  }

  /// The path that holds whatever folder the process goes to.
  static func absolute(_ path: String) throws(RecordingFailure) -> String {
    guard let found = realpath(path, nil) else { throw RecordingFailure(path, Errno(rawValue: errno)) }
    defer { free(found) }
    return String(cString: found)
  }
}
