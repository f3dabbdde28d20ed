import Glibc
import SystemPackage

/// Reads whole files: labs, and what a burst sends.
public enum FileReader {
  /// The file's bytes.
  /// - Throws: `FileFailure` for what is missing, no regular file, not readable, or larger than `limit`.
  public static func read(_ path: String) throws -> [UInt8] { try read(path, limit: 1 << 30) }

  /// The same with a limit in bytes.
  public static func read(_ path: String, limit: Int) throws(FileFailure) -> [UInt8] {
    let descriptor: FileDescriptor
    do {
      // Not blocking: opening a FIFO would wait for a writer.
      descriptor = try FileDescriptor.open(FilePath(path), .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch {
      throw FileFailure(path: path, reason: reason(error))
    }
    defer { try? descriptor.close() }
    var status = stat()
    guard fstat(descriptor.rawValue, &status) == 0 else {
      throw FileFailure(path: path, reason: reason(Errno.current))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      let isFolder = status.st_mode & S_IFMT == S_IFDIR
      throw FileFailure(path: path, reason: isFolder ? "is a directory" : "is no regular file")
    }
    guard status.st_size <= limit else {
      throw FileFailure(path: path, reason: "has \(status.st_size) bytes, more than \(limit)")
    }
    do {
      var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
      let count = try bytes.withUnsafeMutableBytes { try descriptor.readAll(into: $0) }
      bytes.removeLast(bytes.count - count)
      return bytes
    } catch {
      throw FileFailure(path: path, reason: reason(error))
    }
  }

  private static func reason(_ error: any Error) -> String {
    (error as? Errno)?.description ?? "\(error)"
  }
}

/// A file that could not be read, and why.
public struct FileFailure: Error, Sendable, CustomStringConvertible {
  public var path: String
  public var reason: String

  public var description: String { "\(path): \(reason)" }
}

extension FileDescriptor {
  /// Reads until the memory is full or the file ends. Returns the number of bytes.
  fileprivate func readAll(into memory: UnsafeMutableRawBufferPointer) throws -> Int {
    var done = 0
    while done < memory.count {
      let count = try read(into: UnsafeMutableRawBufferPointer(rebasing: memory[done...]))
      if count == 0 { break }
      done += count
    }
    return done
  }
}
