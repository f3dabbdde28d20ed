import Glibc
import SystemPackage

/// A file on its way: it has no name while it is written, so that nothing is left of it whatever ends the program. See O_TMPFILE in
/// open(2).
struct NewFile: ~Copyable {
  let descriptor: CInt
  /// What it is called meanwhile, where the file system knows no files without a name.
  private let name: String?

  /// - Parameter path: what it is to be called; it is made in that folder, the user's alone.
  /// - Throws: what open(2) says.
  init(beside path: String) throws(Errno) {
    let folder = FilePath(path).removingLastComponent().string
    // O_TMPFILE is put together from others, and so not imported from C. See fcntl.h.
    let unnamed = open(
      folder.isEmpty ? "." : folder, O_WRONLY | 0o20_000_000 | O_DIRECTORY | O_CLOEXEC, 0o600)
    if unnamed >= 0, access(Self.link(of: unnamed), F_OK) == 0 {
      (descriptor, name) = (unnamed, nil)
      return
    }
    if unnamed >= 0 { close(unnamed) }
    let beside = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Errno(rawValue: errno) }
    (descriptor, name) = (file, beside)
  }

  deinit {
    close(descriptor)
    if let name { unlink(name) }
  }

  /// Gives it its name once all of it is on the disk. It never takes the place of another file.
  /// - Throws: what fsync(2), linkat(2) or rename(2) says.
  func link(to path: String) throws(Errno) {
    guard fsync(descriptor) == 0 else { throw Errno(rawValue: errno) }
    let source = name ?? Self.link(of: descriptor)
    if linkat(AT_FDCWD, source, AT_FDCWD, path, name == nil ? AT_SYMLINK_FOLLOW : 0) == 0 { return }
    let reason = Errno(rawValue: errno)
    // For file systems without links.
    if let name, reason == .notPermitted || reason == .notSupportedOnSocket, access(path, F_OK) != 0,
      rename(name, path) == 0
    {
      return
    }
    throw reason
  }

  private static func link(of descriptor: CInt) -> String { "/proc/self/fd/\(descriptor)" }
}
