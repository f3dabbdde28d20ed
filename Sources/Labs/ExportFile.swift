import Glibc
import Recordings
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

  /// Gives the file its name when it is whole: nobody ever sees a part of it, and nothing is left of one that was interrupted.
  /// - Parameter body: writes to the sink that it is given.
  public static func write<Tally>(
    to path: String, _ body: (_ sink: @escaping (UnsafeRawBufferPointer) throws -> Void) throws -> Tally
  ) -> Result<Tally, Failure> {
    // Before anything is written: who mistypes a name need not wait for it.
    if access(path, F_OK) == 0 { return .failure(taken(path)) }
    do {
      let file = try NewFile(beside: path)
      let descriptor = file.descriptor
      let tally = try body { bytes in try write(bytes, to: descriptor) }
      try file.link(to: path)
      return .success(tally)
    } catch let error as ExportError {
      return .failure(Failure(description: error.sentence))
    } catch let failure as RecordingFailure {
      return .failure(Failure(description: failure.description))
    } catch {
      let reason = error as? Errno ?? .ioError
      return .failure(reason == .fileExists ? taken(path) : failure(path, reason.rawValue))
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
