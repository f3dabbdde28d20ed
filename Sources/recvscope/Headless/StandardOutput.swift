import ArgumentParser
import Glibc
import Reports
import SystemPackage
import Traffic

/// Standard output that never blocks the process: what the reader does not take yet is waited for together with signals.
struct StandardOutput: ~Copyable {
  /// Bytes that are gathered before they are written.
  private static let full = 1 << 16

  private var buffer = ByteBuffer(capacity: 4 * full)
  private var done = 0
  /// Bytes to write when poll(2) has said that some can be.
  private let piece: Int
  /// Why nothing more can be written: EPIPE once the reader has gone away.
  private(set) var failure: Errno?

  var isEmpty: Bool { done == buffer.count }

  init() {
    var status = stat()
    fstat(STDOUT_FILENO, &status)
    let type = status.st_mode & S_IFMT
    // Of a pipe, a socket or a terminal poll(2) promises no more than PIPE_BUF. A file or /dev/null takes everything.
    piece = type == S_IFIFO || type == S_IFSOCK || isatty(STDOUT_FILENO) == 1 ? 4096 : .max
  }

  /// Writes all of it, however long that takes.
  /// - Throws: `ExitCode` 1, the reason said, unless it is that the reader has gone.
  static func write(_ text: String) throws(ExitCode) {
    var buffer = ByteBuffer()
    buffer.append(text: text)
    try write(buffer)
  }

  /// The same of bytes.
  static func write(_ bytes: borrowing ByteBuffer) throws(ExitCode) {
    var output = StandardOutput()
    bytes.withUnsafeBytes { output.buffer.append(bytes: $0) }
    try output.finish()
  }

  static func write(_ bytes: UnsafeRawBufferPointer) throws(ExitCode) {
    var output = StandardOutput()
    output.buffer.append(bytes: bytes)
    try output.finish()
  }

  private mutating func finish() throws(ExitCode) {
    while !isEmpty { writePiece() }
    if let failure, failure != .brokenPipe { throw ExitCode(Self.tell(failure)) }
  }

  /// Cells of a line: those of the terminal, or 80.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// True if it is a terminal whose user wants colours. See no-color.org.
  static var isColored: Bool {
    isatty(STDOUT_FILENO) == 1 && getenv("NO_COLOR").map { $0.pointee == 0 } ?? true
      && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
  }

  /// Says why nothing more can be written, and passes on the exit status for it.
  static func tell(_ failure: Errno) -> Int32 {
    StandardError.say("standard output: \(failure.phrase)", status: 1)
  }

  /// Takes what there is to print, until enough is gathered.
  mutating func fill(from printer: inout Printer, at now: Nanoseconds) {
    printer.fill(&buffer, upTo: Self.full, at: now)
    while failure != nil, !isEmpty {
      buffer.removeAll()
      printer.fill(&buffer, upTo: Self.full, at: now)
    }
  }

  /// Writes one piece; poll(2) must have said that it can be written.
  mutating func writePiece() {
    let written = buffer.withUnsafeBytes {
      Glibc.write(STDOUT_FILENO, $0.baseAddress! + done, min(piece, $0.count - done))
    }
    if written > 0 {
      done += written
    } else if written < 0, errno != EINTR, errno != EAGAIN {
      failure = Errno(rawValue: errno)
      done = buffer.count
    }
    if isEmpty {
      buffer.removeAll()
      done = 0
    }
  }
}
