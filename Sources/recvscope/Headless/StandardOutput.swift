import Glibc
import SystemPackage

/// Standard output that never blocks the process: what the reader does not take yet is waited for together with signals.
struct StandardOutput {
  /// Bytes that are gathered before they are written.
  private static let full = 1 << 16
  /// A pipe that poll(2) calls writable takes so many bytes without blocking: PIPE_BUF.
  private static let piece = 4096

  private var buffer: [UInt8] = []
  private var start = 0
  /// Why nothing more can be written: EPIPE once the reader has gone away.
  private(set) var failure: Errno?

  var isEmpty: Bool { start == buffer.count }
  var isFull: Bool { buffer.count - start >= Self.full }

  mutating func append(_ bytes: [UInt8]) {
    if failure == nil { buffer += bytes }
  }

  /// Writes one piece; poll(2) must have said that it can be written.
  mutating func writePiece() {
    let count = min(Self.piece, buffer.count - start)
    let written = buffer.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + start, count) }
    if written > 0 {
      start += written
    } else if written < 0, errno != EINTR, errno != EAGAIN {
      failure = Errno(rawValue: errno)
      start = buffer.count
    }
    if start == buffer.count {
      buffer.removeAll(keepingCapacity: true)
      start = 0
    } else if start >= Self.full {
      // Where more comes than is taken the end is never reached.
      buffer.removeFirst(start)
      start = 0
    }
  }
}
