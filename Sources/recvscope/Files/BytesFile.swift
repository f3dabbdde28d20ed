import Glibc
import Labs
import Screens
import SystemPackage
import Traffic

/// Writes bytes of the journal to a new file that is the user's alone.
enum BytesFile {
  /// Writes piece by piece: what is held in memory does not grow with what is written. A file that cannot be finished
  /// is removed.
  static func write(_ request: SaveRequest, from journal: Journal) -> SaveOutcome {
    let path = FilePath(HomePath.expanded(request.path))
    let file: FileDescriptor
    do {
      file = try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: [.ownerRead, .ownerWrite])
    } catch Errno.fileExists {
      return .failed("\(request.path) is there already and stays as it is; type another name")
    } catch {
      return .failed("\(request.path): \(error)")
    }
    do {
      let missing = try file.closeAfter { try write(request, from: journal, to: file) }
      return .written(missing: missing)
    } catch {
      unlink(path.string)
      return .failed("\(request.path): \(error)")
    }
  }

  /// - Returns: bytes that were no longer held.
  private static func write(_ request: SaveRequest, from journal: Journal, to file: FileDescriptor) throws
    -> Int64
  {
    var encoder = CopyEncoder(request.form)
    var pieces = request.source.pieces(journal)
    while let piece = pieces.next() { try file.writeAll(encoder.encode(piece)) }
    let isLine = request.form != .raw && request.form != .text
    try file.writeAll(encoder.finish() + (isLine ? [UInt8(ascii: "\n")] : []))
    return pieces.missing
  }
}
