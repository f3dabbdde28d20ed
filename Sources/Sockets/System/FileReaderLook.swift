import CLinux
import Glibc
import SystemPackage
import Traffic

extension FileReader {
  /// What there is to say of a file before it is read; it is not opened, so that no FIFO and no device notices.
  ///
  /// As stat(2) it may wait for the server of a file system that is mounted from elsewhere.
  public static func look(_ path: String, limit: Int = largest) -> FileLook {
    var status = stat()
    guard stat(path, &status) == 0, access(path, R_OK) == 0 else { return .failed(Errno.current.description) }
    if let refusal = refusal(of: status, limit: limit) { return .failed(refusal) }
    return cl_is_sizeless(path) ? .unknown : .size(Int64(status.st_size))
  }

  /// Why it is not read, as far as its kind and size tell; nil if it is.
  static func refusal(of status: stat, limit: Int) -> String? {
    switch status.st_mode & S_IFMT {
    case S_IFREG: status.st_size <= limit ? nil : "has \(status.st_size) bytes, more than \(limit)"
    case S_IFDIR: "is a directory"
    default: "is no regular file"
    }
  }
}
