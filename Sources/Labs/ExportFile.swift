import Glibc
import Reports
import SystemPackage
import Traffic

/// A file that an export is written to: the user's alone, and never one that is there already.
public enum ExportFile {
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Writes what a journal holds.
  public static func write(
    _ journal: Journal, _ kind: ExportKind, _ options: ExportOptions, to path: String
  ) -> Result<ExportTally, Failure> {
    write(to: path) { sink in try kind.write(journal, options, to: sink) }
  }

  /// Why there can be no new file of that name; nil if nothing is in sight. To be asked before what takes its time.
  public static func obstacle(_ path: String) -> Failure? {
    if access(path, F_OK) == 0 { return taken(path) }
    let folder = FilePath(path).removingLastComponent().string
    return access(folder.isEmpty ? "." : folder, W_OK | X_OK) == 0 ? nil : failure(path, errno)
  }

  /// Writes beside the path, and gives the file its name when it is whole: nobody ever sees a part of it.
  /// - Parameter body: writes to the sink that it is given.
  public static func write<Tally>(
    to path: String, _ body: (_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws -> Tally
  ) -> Result<Tally, Failure> {
    // Before anything is written: who mistypes a name need not wait for it.
    if access(path, F_OK) == 0 { return .failure(taken(path)) }
    let name = "\(path).\(String(UInt64.random(in: .min ... .max), radix: 36))"
    let file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { return .failure(failure(path, errno)) }
    defer { unlink(name) }
    do {
      defer { close(file) }
      let tally = try body { bytes in try write(bytes, to: file) }
      guard fsync(file) == 0 else { throw Errno(rawValue: errno) }
      // link(2) never takes the place of another file; rename(2) does, and is for file systems without links.
      if link(name, path) == 0 { return .success(tally) }
      if errno == EPERM || errno == EOPNOTSUPP, access(path, F_OK) != 0, rename(name, path) == 0 {
        return .success(tally)
      }
      return .failure(errno == EEXIST ? taken(path) : failure(path, errno))
    } catch let error as ExportError {
      return .failure(Failure(description: error.sentence))
    } catch {
      return .failure(failure(path, (error as? Errno)?.rawValue ?? EIO))
    }
  }

  private static func write(_ bytes: UnsafeRawBufferPointer, to file: CInt) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(file, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      if count < 0 { throw Errno(rawValue: errno) }
      rest = rest.dropFirst(count)
    }
  }

  private static func taken(_ path: String) -> Failure {
    Failure(description: "\(path) is there already and stays as it is; choose another name")
  }

  private static func failure(_ path: String, _ code: CInt) -> Failure {
    Failure(description: "\(path): \(Errno(rawValue: code).phrase)")
  }
}
