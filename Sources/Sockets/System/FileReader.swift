import Glibc
import SystemPackage

/// Reads whole files: labs, and what a burst sends.
public enum FileReader {
  private static let pieceSize = 256 << 10
  private static let smallSize = 1 << 20
  /// What is read at most where nothing else is said, in bytes.
  public static let largest = 1 << 30

  /// The file's bytes.
  /// - Throws: `FileFailure` for what is missing, no regular file, not readable, or larger than `limit`.
  public static func read(_ path: String) throws -> [UInt8] { try read(path, limit: largest) }

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
    if let refusal = refusal(of: status, limit: limit) { throw FileFailure(path: path, reason: refusal) }
    let size = Int(status.st_size)
    // Little is there always; asking is dearer than reading it.
    if size > smallSize, let free = AvailableMemory.bytes, size > free {
      throw FileFailure(path: path, reason: "has \(size) bytes, and \(free) bytes of memory are free")
    }
    return try contents(of: descriptor, size: size, limit: limit, path)
  }

  /// Reads to the end, wherever that is: files of proc(5) have a size of 0, and others may grow meanwhile.
  private static func contents(of descriptor: FileDescriptor, size: Int, limit: Int, _ path: String)
    throws(FileFailure) -> [UInt8]
  {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    do {
      var piece = [UInt8](repeating: 0, count: pieceSize)
      while true {
        let count = try piece.withUnsafeMutableBytes { try descriptor.read(into: $0) }
        if count == 0 { return bytes }
        if bytes.count + count > limit { break }
        // It grows to a place of double size.
        if bytes.count + count > max(smallSize, bytes.capacity), let free = AvailableMemory.bytes,
          bytes.capacity * 2 > free
        {
          throw FileFailure(
            path: path, reason: "has more than \(bytes.count) bytes, and \(free) bytes of memory are free")
        }
        bytes += piece[..<count]
      }
    } catch let failure as FileFailure {
      throw failure
    } catch {
      throw FileFailure(path: path, reason: reason(error))
    }
    throw FileFailure(path: path, reason: "has more than \(limit) bytes")
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
